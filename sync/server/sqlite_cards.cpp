#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

// The columns both tables begin with.
Result<CardRecord> card_row(const Rows& rows) {
    CardRecord card;
    card.index = rows.id<model::CardIndex>(0);
    card.idm = rows.id<card::Idm>(1);
    card.id = rows.id<card::Block>(2);
    card.s_pad0 = rows.id<card::Block>(3);
    card.first = rows.id<card::Challenge>(4);
    card.second = rows.id<card::Challenge>(5);
    const auto record = card::parse_regional_record(card.s_pad0);
    if (!record) return base::Error{base::Fault::corrupt, "a stored card has no regional record"};
    card.record = *record;
    return card;
}

Result<std::vector<CardRecord>> card_rows(Rows rows) {
    std::vector<CardRecord> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        KAZASHI_TRY(auto card, card_row(rows));
        card.revoked = rows.integer(6) != 0;
        card.chip = chip_from(rows.integer(7));
        card.issued_at = rows.time(8);
        found.push_back(std::move(card));
    }
}

}  // namespace

Result<std::optional<CardRecord>> SqliteRecords::card_of(const card::Idm& idm) {
    KAZASHI_TRY(auto rows, database_.run(sql::card_of, idm));
    KAZASHI_TRY(auto found, card_rows(std::move(rows)));
    if (found.empty()) return std::optional<CardRecord>{};
    return std::optional{std::move(found.front())};
}

Result<std::vector<CardRecord>> SqliteRecords::cards_of(card::CardKind kind, const std::string& number) {
    KAZASHI_TRY(auto rows, database_.run(sql::cards_of, number, static_cast<std::int64_t>(kind)));
    return card_rows(std::move(rows));
}

Status SqliteRecords::put_card(const CardRecord& card) {
    KAZASHI_CHECK(database_.change(sql::put_card, card.index, card.idm, card.id, card.s_pad0,
                                   static_cast<std::int64_t>(card.record.kind), card.record.number, card.first,
                                   card.second, std::int64_t{card.revoked}, static_cast<std::int64_t>(card.chip),
                                   card.issued_at));
    return base::ok();
}

Status SqliteRecords::revoke_card(const model::CardIndex& index) {
    KAZASHI_CHECK(database_.change(sql::revoke_card, index));
    return base::ok();
}

Result<std::optional<BegunCard>> SqliteRecords::begun_card(const card::Idm& idm) {
    KAZASHI_TRY(auto rows, database_.run(sql::begun_card, idm));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<BegunCard>{};
    KAZASHI_TRY(auto card, card_row(rows));
    return std::optional{BegunCard{std::move(card), rows.integer(6) != 0, rows.time(7)}};
}

Status SqliteRecords::put_begun_card(const BegunCard& begun) {
    const auto& card = begun.card;
    KAZASHI_CHECK(database_.change(sql::put_begun_card, card.index, card.idm, card.id, card.s_pad0, card.first,
                                   card.second, std::int64_t{begun.locked}, begun.begun_at));
    return base::ok();
}

Status SqliteRecords::drop_begun_card(const card::Idm& idm) {
    KAZASHI_CHECK(database_.change(sql::drop_begun_card, idm));
    return base::ok();
}

}  // namespace kazashi::server
