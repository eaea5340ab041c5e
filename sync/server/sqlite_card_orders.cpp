#include <algorithm>

#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

constexpr std::int64_t not_looked = -1;

Bytes octets(const protocol::Pads& pads) {
    Bytes all;
    for (const auto& pad : pads) base::append(all, pad.view());
    return all;
}

Result<protocol::Pads> pads_from(ByteView all) {
    protocol::Pads pads;
    if (all.size() != pads.size() * card::Block::size) return base::Error{base::Fault::corrupt, "pads of an order"};
    for (std::size_t i = 0; i < pads.size(); ++i) {
        const auto part = all.subspan(i * card::Block::size, card::Block::size);
        std::copy(part.begin(), part.end(), pads.at(i).bytes.begin());
    }
    return pads;
}

}  // namespace

Result<std::optional<CardOrder>> SqliteRecords::card_order(const wire::OrderId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::card_order, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<CardOrder>{};
    CardOrder order;
    order.id = rows.id<wire::OrderId>(0);
    order.terminal = model::TerminalId{rows.text(1)};
    order.purpose = static_cast<wire::CardPurpose>(rows.integer(2));
    order.dry_run = rows.integer(3) != 0;
    order.idm = rows.id<card::Idm>(4);
    order.seal = rows.id<model::SealKey>(5);
    if (!rows.null(6)) {
        KAZASHI_TRY(order.pads, pads_from(rows.blob(6)));
    }
    order.asked.writes = static_cast<std::size_t>(rows.integer(7));
    order.asked.rc = rows.id<card::Challenge>(8);
    if (rows.integer(9) != not_looked) order.stage = static_cast<protocol::CardStage>(rows.integer(9));
    order.erasing = rows.integer(10) != 0;
    order.doubts = static_cast<int>(rows.integer(11));
    order.outcome = static_cast<wire::CardOutcome>(rows.integer(12));
    order.note = rows.text(13);
    order.touched_at = rows.time(14);
    order.asked.chip = chip_from(rows.integer(15));
    order.torn = static_cast<int>(rows.integer(16));
    return std::optional{std::move(order)};
}

Status SqliteRecords::put_card_order(const CardOrder& order) {
    const auto stage = order.stage ? static_cast<std::int64_t>(*order.stage) : not_looked;
    const auto pads = order.pads ? std::optional{octets(*order.pads)} : std::nullopt;
    KAZASHI_CHECK(database_.change(sql::put_card_order, order.id, order.terminal,
                                   static_cast<std::int64_t>(order.purpose), std::int64_t{order.dry_run}, order.idm,
                                   order.seal, pads, static_cast<std::int64_t>(order.asked.writes), order.asked.rc,
                                   stage, std::int64_t{order.erasing}, std::int64_t{order.doubts},
                                   static_cast<std::int64_t>(order.outcome), order.note, order.touched_at,
                                   static_cast<std::int64_t>(order.asked.chip), std::int64_t{order.torn}));
    return base::ok();
}

Status SqliteRecords::close_card_orders(const model::TerminalId& terminal) {
    KAZASHI_CHECK(database_.change(sql::drop_card_orders, terminal));
    KAZASHI_CHECK(database_.change(sql::close_card_orders, terminal));
    return base::ok();
}

}  // namespace kazashi::server
