// The terminal's database as somebody else sees it who opens the file while the terminal works: what is committed, and
// the raw octets of the file and its write-ahead log.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/ids.h"
#include "sync/model/ledger.h"

namespace kazashi::story {

using base::Bytes;
using base::Result;

// Everything the checks look at, read in one transaction.
struct DbPicture {
    std::int64_t packages{};
    std::int64_t patients{};  // with at least one package
    std::map<model::LedgerKind, std::int64_t> entries_of;
    std::int64_t card_locks{};
    std::int64_t revoked_cards{};
    std::int64_t holder_links{};
    std::int64_t policy{};  // version
    std::int64_t entries{};
    std::int64_t pending{};                         // no verdict yet
    std::int64_t receipted{};                       // a verdict, and a receipt stored beside it
    std::set<std::string> windows;                  // grant ids, hexadecimal
    std::map<std::string, std::string> patient_of;  // the patient's reference of each, hexadecimal
    std::vector<Bytes> window_wraps;                // sealed
    std::map<std::string, int> failures;            // wrong PINs per staff number
    std::set<std::string> locked;                   // staff that may not try now or may not have a moment ago

    std::int64_t count(model::LedgerKind kind) const;
    std::string window_of(const std::string& patient) const;  // empty: none
    int wrong_pins(const std::string& staff) const;           // -1: no such staff here
    // Nothing was written down and nothing opened in between; a sync round may have come and gone.
    bool same_record(const DbPicture& other) const;
};

class TerminalDb {
public:
    explicit TerminalDb(std::filesystem::path state) : state_{std::move(state)} {}

    Result<DbPicture> look() const;
    // Receipts that are signed by the region over exactly the entry they stand beside.
    Result<std::int64_t> good_receipts(const model::VerifyKey& region) const;
    // Does any of these stand anywhere in the database file, its log or its index, as raw octets?
    Result<bool> raw_holds_any(const std::vector<Bytes>& pieces) const;

private:
    std::filesystem::path file() const { return state_ / "kazashi.db"; }
    std::filesystem::path state_;
};

}  // namespace kazashi::story
