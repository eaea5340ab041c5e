// A region and a terminal as programs of version 2 and 3 left them (tests/data/region-v2, terminal-v2, …): two members
// of staff, three patients, one of whose cards is lost; two windows, and the line went down before the second was
// receipted. In version 3 also a capsule, a card begun at the city hall, and a slot of an ID card.
#pragma once

#include <sqlite3.h>
#include <zstd.h>

#include <fstream>
#include <iterator>

#include "sync/desk/desk.h"
#include "tests/sync/server/town.h"

namespace kazashi::test {

inline constexpr std::size_t saved_bytes = 1U << 20U;  // no saved database is larger

inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// A copy to work with; its database is unpacked, and nobody else may read it, as a terminal wants it.
inline void take_out(const std::string& name, const std::filesystem::path& to) {
    std::filesystem::create_directories(to);
    for (const auto& part :
         std::filesystem::directory_iterator{std::filesystem::path{KAZASHI_SOURCE "/tests/data"} / name}) {
        auto content = text_of(part.path());
        auto file = to / part.path().filename();
        if (file.extension() == ".zst") {
            file.replace_extension();
            std::string plain(saved_bytes, '\0');
            const auto size = ZSTD_decompress(plain.data(), plain.size(), content.data(), content.size());
            REQUIRE(ZSTD_isError(size) == 0);
            content = plain.substr(0, size);
        }
        std::ofstream{file, std::ios::binary} << content;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
}

class Sqlite {
public:
    explicit Sqlite(const std::filesystem::path& file) { REQUIRE(sqlite3_open(file.c_str(), &handle_) == SQLITE_OK); }
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;
    ~Sqlite() { sqlite3_close(handle_); }

    void run(const std::string& sql) {
        REQUIRE(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    std::string text(const std::string& sql) {
        sqlite3_stmt* row = nullptr;
        REQUIRE(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &row, nullptr) == SQLITE_OK);
        std::string all;
        while (sqlite3_step(row) == SQLITE_ROW) {
            const auto* const octets = static_cast<const char*>(sqlite3_column_blob(row, 0));
            all.append(octets, octets + sqlite3_column_bytes(row, 0)) += '\n';
        }
        sqlite3_finalize(row);
        return all;
    }
    int number(const std::string& sql) { return std::stoi(text(sql)); }

private:
    sqlite3* handle_{};
};

// A card of then: the region's master key makes its key again.
struct HeldCard {
    explicit HeldCard(const server::CardImage& image)
        : record{image.card},
          card{simulated(image)},
          identity{image.card.idm, image.card.s_pad0, image.card.id, image.card.record} {}

    std::vector<card::Proof> answers(const card::Challenge& first, const card::Challenge& second) {
        std::vector<card::Proof> both;
        both.push_back(ask(card, first));
        both.push_back(ask(card, second));
        return both;
    }
    server::CardRecord record;
    simulator::VirtualCard card;
    card::Identity identity;
};

class SavedRegion {
public:
    explicit SavedRegion(int version) {
        vault::init();
        take_out("region-v" + std::to_string(version), file().parent_path());
        REQUIRE(Sqlite{file()}.number("PRAGMA user_version") == version);
    }

    std::filesystem::path file() const { return folder_ / "region/region.db"; }
    server::Region open() const { return must(server::open_region(file().parent_path())); }

private:
    fakes::TempFolder folder_;
};

template <class Value>
Value read(const server::Region& region, const std::function<base::Result<Value>(server::Records&)>& work) {
    std::optional<Value> value;
    must(region.repository->read([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(value, work(records));
        return base::ok();
    }));
    return std::move(*value);
}
inline server::TerminalRecord terminal_of(const server::Region& region, const char* id) {
    auto found = read<std::optional<server::TerminalRecord>>(
        region, [&](auto& records) { return records.terminal(model::TerminalId{id}); });
    REQUIRE(found.has_value());
    return *found;
}
inline model::FeedPage page_for(const server::Region& region, const server::TerminalRecord& terminal,
                                model::Cursor after) {
    const auto page = read<server::SignedPage>(region, [&](auto& records) -> base::Result<server::SignedPage> {
        KAZASHI_TRY(const auto policy, records.policy());
        return server::signed_page(records, {server::listener_of(terminal, policy), after, {}}, region.keys.signing);
    });
    return must(wire::decode_signed_page(page.bytes, region.keys.signing.verify));
}
// The card somebody has had since then.
inline HeldCard card_of(const server::Region& region, const std::string& number, card::CardKind kind) {
    const server::Packer packer{region.keys};
    std::optional<server::CardImage> image;
    must(region.repository->write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(const auto had, server::live_card(records, kind, number));
        REQUIRE(had.has_value());
        KAZASHI_TRY(auto issued, server::issue_card(records, region, packer, {kind, number, ""}));
        image.emplace(std::move(issued));
        return base::ok();
    }));
    return HeldCard{*image};
}

}  // namespace kazashi::test
