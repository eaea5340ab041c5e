#include "tests/e2e/story/terminal_db.h"

#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "sync/wire/ledger.h"
#include "tests/e2e/story/needles.h"

namespace kazashi::story {

using base::Error;
using base::Fault;
using base::Status;

namespace {

struct CloseDb {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
struct EndStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

Result<Db> open(const std::filesystem::path& file) {
    sqlite3* raw{};
    const int result = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    Db db{raw};
    if (result != SQLITE_OK) return Error{Fault::io, "the terminal's database cannot be opened"};
    sqlite3_busy_timeout(raw, 5000);
    return db;
}

class Row {
public:
    explicit Row(sqlite3_stmt* statement) : statement_{statement} {}
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
    bool empty(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::string text(int column) const { return std::string{base::as_text(octets(column))}; }
    Bytes bytes(int column) const {
        const auto o = octets(column);
        return {o.begin(), o.end()};
    }

private:
    base::ByteView octets(int column) const {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    sqlite3_stmt* statement_;
};

Status each(sqlite3* db, const char* query, const std::function<void(const Row&)>& use) {
    sqlite3_stmt* raw{};
    if (sqlite3_prepare_v2(db, query, -1, &raw, nullptr) != SQLITE_OK) return Error{Fault::corrupt, "an unknown table"};
    const std::unique_ptr<sqlite3_stmt, EndStatement> statement{raw};
    int result{};
    while ((result = sqlite3_step(raw)) == SQLITE_ROW) use(Row{raw});
    if (result != SQLITE_DONE) return Error{Fault::io, "the terminal's database cannot be read"};
    return base::ok();
}

Status read_cards(sqlite3* db, DbPicture& picture) {
    return each(db,
                "SELECT (SELECT count(*) FROM card_lock), (SELECT count(*) FROM revoked_card), "
                "(SELECT count(*) FROM holder_link), (SELECT version FROM policy)",
                [&](const Row& row) {
                    picture.card_locks = row.number(0);
                    picture.revoked_cards = row.number(1);
                    picture.holder_links = row.number(2);
                    picture.policy = row.number(3);
                });
}

Status read_feed(sqlite3* db, DbPicture& picture) {
    return each(db, "SELECT count(*), count(DISTINCT patient) FROM package", [&](const Row& row) {
        picture.packages = row.number(0);
        picture.patients = row.number(1);
    });
}

Status read_ledger(sqlite3* db, DbPicture& picture) {
    return each(db,
                "SELECT kind, count(*), sum(verdict IS NULL), sum(verdict IS NOT NULL AND receipt IS NOT NULL) "
                "FROM ledger GROUP BY kind",
                [&](const Row& row) {
                    picture.entries_of[static_cast<model::LedgerKind>(row.number(0))] = row.number(1);
                    picture.entries += row.number(1);
                    picture.pending += row.number(2);
                    picture.receipted += row.number(3);
                });
}

Status read_windows(sqlite3* db, DbPicture& picture) {
    KAZASHI_CHECK(each(db, "SELECT grant_id, patient FROM live_window", [&](const Row& row) {
        const auto grant = base::to_hex(row.bytes(0));
        picture.windows.insert(grant);
        picture.patient_of[grant] = base::to_hex(row.bytes(1));
    }));
    return each(db, "SELECT sealed FROM window_wrap ORDER BY grant_id, section, version",
                [&](const Row& row) { picture.window_wraps.push_back(row.bytes(0)); });
}

Status read_slots(sqlite3* db, DbPicture& picture) {
    return each(db, "SELECT staff, failures, locked_until FROM slot", [&](const Row& row) {
        picture.failures[row.text(0)] = static_cast<int>(row.number(1));
        if (!row.empty(2)) picture.locked.insert(row.text(0));
    });
}

// The entry's hash is the store's own column: a receipt over anything else is not this entry's.
bool good(const Bytes& receipt, std::int64_t seq, const Bytes& hash, const model::VerifyKey& region) {
    const auto decoded = wire::decode_receipt(receipt);
    return decoded && decoded->seq.value == seq && base::equal(decoded->hash.view(), hash) &&
           wire::receipt_signed_by(*decoded, region);
}

}  // namespace

std::int64_t DbPicture::count(model::LedgerKind kind) const {
    const auto found = entries_of.find(kind);
    return found == entries_of.end() ? 0 : found->second;
}

std::string DbPicture::window_of(const std::string& patient) const {
    const auto found =
        std::find_if(patient_of.begin(), patient_of.end(), [&](const auto& one) { return one.second == patient; });
    return found == patient_of.end() ? std::string{} : found->first;
}

int DbPicture::wrong_pins(const std::string& staff) const {
    const auto found = failures.find(staff);
    return found == failures.end() ? -1 : found->second;
}

bool DbPicture::same_record(const DbPicture& other) const {
    return entries == other.entries && entries_of == other.entries_of && windows == other.windows &&
           window_wraps == other.window_wraps && failures == other.failures && locked == other.locked;
}

Result<DbPicture> TerminalDb::look() const {
    KAZASHI_TRY(const Db db, open(file()));
    DbPicture picture;
    KAZASHI_CHECK(each(db.get(), "BEGIN", [](const Row&) {}));
    KAZASHI_CHECK(read_feed(db.get(), picture));
    KAZASHI_CHECK(read_cards(db.get(), picture));
    KAZASHI_CHECK(read_ledger(db.get(), picture));
    KAZASHI_CHECK(read_windows(db.get(), picture));
    KAZASHI_CHECK(read_slots(db.get(), picture));
    KAZASHI_CHECK(each(db.get(), "COMMIT", [](const Row&) {}));
    return picture;
}

Result<std::int64_t> TerminalDb::good_receipts(const model::VerifyKey& region) const {
    KAZASHI_TRY(const Db db, open(file()));
    std::int64_t count = 0;
    KAZASHI_CHECK(
        each(db.get(), "SELECT seq, hash, receipt FROM ledger WHERE receipt IS NOT NULL",
             [&](const Row& row) { count += good(row.bytes(2), row.number(0), row.bytes(1), region) ? 1 : 0; }));
    return count;
}

Result<bool> TerminalDb::raw_holds_any(const std::vector<Bytes>& pieces) const {
    for (const char* ending : {"", "-wal", "-shm"}) {
        const std::filesystem::path part = file().string() + ending;
        if (!std::filesystem::exists(part)) continue;
        KAZASHI_TRY(const Bytes raw, read_file(part));
        for (const auto& piece : pieces) {
            if (std::search(raw.begin(), raw.end(), piece.begin(), piece.end()) != raw.end()) return true;
        }
    }
    return false;
}

}  // namespace kazashi::story
