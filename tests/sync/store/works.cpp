#include "tests/sync/store/works.h"

#include <sqlite3.h>

#include <map>

#include "tests/sync/store/fixture.h"

namespace kazashi::store_tests {

using model::LedgerKind;
using model::Section;

Works::Works(store::Store& store, const vault::SigningPair& region, std::uint64_t seed, Did did)
    : store_{store}, region_{region}, random_{seed}, did_{std::move(did)} {}

const std::vector<std::string>& Works::kinds() {
    static const std::vector<std::string> all{
        "apply",       "apply closing",    "append",       "append_sign_in",  "append_tap",   "append_all",
        "end_windows", "withdraw",         "adopt_window", "put_window_wrap", "put_receipts", "put_slot",
        "remove_slot", "prune_ledger",     "set_policy",   "put_value",       "notice_shown", "forget",
        "put_id_slot", "put_capsule_keys", "empty_value"};
    return all;
}

base::Status Works::act(const std::string& kind) {
    using Self = Works&;
    static const std::map<std::string, std::function<base::Status(Self)>> table{
        {"apply", [](Self w) { return w.apply(); }},
        {"apply closing", [](Self w) { return w.apply_closing(); }},
        {"append", [](Self w) { return w.did(w.store_.append(w.entry(LedgerKind::sign_out))); }},
        {"append_sign_in",
         [](Self w) -> base::Status {
             KAZASHI_CHECK(w.put_slot(1));
             return w.did(w.store_.append_sign_in(w.entry(LedgerKind::sign_in_failed), model::StaffId{"0000000001"},
                                                  {static_cast<int>(w.random_() % 5), at(7)}));
         }},
        {"append_tap", [](Self w) { return w.tap(static_cast<std::uint8_t>(w.random_() % 6)); }},
        {"append_all",
         [](Self w) {
             return w.did(w.store_.append_all({w.entry(LedgerKind::grant), w.entry(LedgerKind::view)}));
         }},
        {"end_windows", [](Self w) { return w.end_windows(); }},
        {"withdraw", [](Self w) { return w.withdraw(); }},
        {"adopt_window", [](Self w) { return w.adopt(); }},
        {"put_window_wrap", [](Self w) { return w.put_window_wrap(); }},
        {"put_receipts",
         [](Self w) {
             return w.put_receipts(w.random_() % 3 == 0 ? model::Verdict::refused : model::Verdict::accepted);
         }},
        {"put_slot", [](Self w) { return w.put_slot(static_cast<int>(w.random_() % 3)); }},
        {"remove_slot", [](Self w) { return w.remove_slot(); }},
        {"put_id_slot", [](Self w) { return w.put_id_slot(); }},
        {"put_capsule_keys",
         [](Self w) {
             const auto epoch = static_cast<std::int64_t>(w.random_() % 3);
             return w.did(w.store_.put_capsule_keys({{epoch, w.secret()}, {epoch + 1, w.secret()}}));
         }},
        {"prune_ledger", [](Self w) { return w.prune(); }},
        {"set_policy", [](Self w) { return w.set_policy(); }},
        {"put_value", [](Self w) { return w.did(w.store_.put_value("clock_mark", w.secret())); }},
        // What is empty already is not written again, so there is something first.
        {"empty_value",
         [](Self w) -> base::Status {
             KAZASHI_CHECK(w.did(w.store_.put_value("clock_mark", w.secret())));
             return w.did(w.store_.put_value("clock_mark", {}));
         }},
        {"notice_shown",
         [](Self w) {
             return w.did(w.store_.append_notice_shown(w.entry(LedgerKind::notice_shown),
                                                       {id_of<model::GrantId>(std::uint8_t(w.random_()))}));
         }},
        {"forget", [](Self w) { return w.forget(); }},
    };
    return table.at(kind)(*this);
}

base::Status Works::did(const Status& status) {
    if (status) did_();
    return status;
}

base::Bytes Works::secret() {
    base::Bytes bytes(72);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    sealed_.insert(bytes);
    return bytes;
}

store::Store::NewEntry Works::entry(LedgerKind kind) {
    return {kind, at(static_cast<int>(random_() % 1000)), model::ClockQuality::wall, base::Bytes(200, 3)};
}

model::Grant Works::new_grant(std::uint8_t who) {
    auto made = grant(1, who);
    for (auto& byte : made.id.bytes) byte = static_cast<std::uint8_t>(random_());
    made.granted_at = at(static_cast<int>(random_() % 1000));
    made.expires_at = made.granted_at + std::chrono::hours{1};
    return made;
}

model::FeedPage Works::page(std::vector<model::FeedBody> bodies) {
    return store_tests::page(store_.cursor()->seq, std::move(bodies));
}

store::WindowWrap Works::wrap_for(const model::Grant& given, std::int64_t version) {
    return {{given.patient, Section::emergency, version}, secret()};
}

// ---- the kinds

base::Status Works::tap(std::uint8_t who) {
    const auto given = new_grant(who);
    return did(store_.append_tap(entry(LedgerKind::grant), entry(LedgerKind::view),
                                 {given, model::GrantState::confirmed, false, "", secret()},
                                 {wrap_for(given, 1), {{given.patient, Section::medication, 1}, secret()}}));
}

base::Result<model::Grant> Works::a_window() {
    while (true) {
        KAZASHI_TRY(const auto windows, store_.windows());
        for (const auto& row : windows) {
            if (row.state == model::GrantState::confirmed && !row.sealed_window_key.empty()) return row.grant;
        }
        KAZASHI_CHECK(tap(static_cast<std::uint8_t>(random_() % 6)));
    }
}

base::Result<model::Grant> Works::a_shared_window() {
    while (true) {
        KAZASHI_TRY(const auto windows, store_.windows());
        for (const auto& row : windows) {
            if (row.state == model::GrantState::confirmed && row.sealed_window_key.empty()) return row.grant;
        }
        const auto given = new_grant(static_cast<std::uint8_t>(6 + random_() % 200));
        const model::Wrap wrap{model::WrapFor::facility, {given.patient, Section::emergency, 1}, {}, secret()};
        KAZASHI_CHECK(did(store_.apply(page({model::SharedWindow{given}, wrap}))));
    }
}

base::Status Works::apply() {
    const auto who = static_cast<std::uint8_t>(random_() % 20);
    const auto version = store_.cursor()->seq + 1;
    const auto card = id_of<model::CardIndex>(who);
    const auto wrap = [&](model::WrapFor way) {
        return model::Wrap{way,
                           {patient(who), Section::emergency, version},
                           way == model::WrapFor::card ? card : model::CardIndex{},
                           secret()};
    };
    return did(store_.apply(
        page({model::Lock{card, patient(who), {}, {}}, wrap(model::WrapFor::card), wrap(model::WrapFor::facility),
              wrap(model::WrapFor::emergency),
              model::Package{{patient(who), Section::emergency, version}, at(1), base::Bytes(3000, 7)},
              model::Facility{model::FacilityId{"F0001"}, model::FacilityType::pharmacy, "x"},
              model::EmergencyKeyWrap{version, secret()}, model::NamePage{who, 1, version, base::Bytes(2000, 5)},
              model::CapsuleKeyWrap{version, secret()},
              model::HolderLink{id_of<model::HolderIndex>(who), patient(who), version % 3 != 0}})));
}

base::Status Works::apply_closing() {
    KAZASHI_TRY(const auto given, a_window());
    KAZASHI_CHECK(put_slot(1));
    KAZASHI_CHECK(put_slot(2));
    const auto card = id_of<model::CardIndex>(given.patient.bytes[0]);
    std::vector<model::FeedBody> bodies;
    switch (random_() % 3) {
        case 0:
            bodies = {model::GrantNews{given.id, model::GrantState::withdrawn, "withdrawn_by_patient"}};
            break;
        case 1:
            bodies = {model::Exclusion{given.patient, given.facility, true},
                      model::Exclusion{given.patient, given.facility, false}};
            break;
        default:
            bodies = {model::RevokedCard{card}};
            break;
    }
    bodies.push_back(model::StaffMember{model::StaffId{"0000000002"}, given.facility, "", false});
    return did(store_.apply(page(std::move(bodies))));
}

base::Status Works::end_windows() {
    KAZASHI_TRY([[maybe_unused]] const auto given, a_window());
    KAZASHI_TRY(const auto windows, store_.windows());
    std::vector<store::Store::EndOfWindow> ends;
    for (std::size_t n = 0; n < windows.size(); n += 2) {
        ends.push_back({windows[n].grant.id, entry(LedgerKind::window_ended)});
    }
    return did(store_.end_windows(ends));
}

base::Status Works::withdraw() {
    KAZASHI_TRY(const auto given, a_window());
    return did(store_.withdraw(entry(LedgerKind::withdrawal), {{given.id, entry(LedgerKind::window_ended)}}));
}

base::Status Works::adopt() {
    KAZASHI_TRY(const auto given, a_shared_window());
    return did(store_.adopt_window(given.id, secret()));
}

base::Status Works::put_window_wrap() {
    KAZASHI_TRY(const auto shared, a_shared_window());
    KAZASHI_CHECK(did(store_.adopt_window(shared.id, secret())));
    return did(store_.put_window_wrap(shared.id, wrap_for(shared, 1)));
}

base::Status Works::put_receipts(model::Verdict first) {
    KAZASHI_CHECK(tap(static_cast<std::uint8_t>(random_() % 6)));
    KAZASHI_TRY(const auto entries, store_.unreceipted(50));
    std::vector<model::Receipt> receipts;
    for (const auto& made : entries) {
        receipts.push_back(receipt_for(made, region_, first, first == model::Verdict::refused ? "proof_wrong" : ""));
        first = model::Verdict::accepted;
    }
    return did(store_.put_receipts(receipts));
}

base::Status Works::put_slot(int number) {
    vault::Slot slot;
    slot.staff = model::StaffId{"000000000" + std::to_string(number)};
    slot.card = id_of<model::CardIndex>(static_cast<std::uint8_t>(number));
    slot.sealed_store_key = secret();
    return did(store_.put_slot(slot, entry(LedgerKind::slot_added)));
}

base::Status Works::remove_slot() {
    KAZASHI_CHECK(put_slot(1));
    KAZASHI_CHECK(put_slot(2));
    return did(store_.remove_slot(model::StaffId{"0000000002"}, entry(LedgerKind::slot_removed)));
}

base::Status Works::put_id_slot() {
    KAZASHI_CHECK(put_slot(1));
    vault::IdSlot slot;
    slot.staff = model::StaffId{"0000000001"};
    slot.sealed_store_key = secret();
    return did(store_.put_id_slot(slot, entry(LedgerKind::slot_added)));
}

base::Status Works::prune() {
    KAZASHI_CHECK(put_receipts(model::Verdict::accepted));
    return did(store_.prune_ledger(at(500)));
}

base::Status Works::set_policy() {
    KAZASHI_TRY(auto policy, store_.policy());
    policy.version += 1;
    return did(store_.set_policy(policy));
}

base::Status Works::forget() {
    KAZASHI_CHECK(end_windows());
    return did(store_.forget_closed_windows(at(4000 + static_cast<int>(random_() % 1000))));
}

// ---- rows

std::string rows_of(const std::filesystem::path& file, const std::string& vfs) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, vfs.empty() ? nullptr : vfs.c_str()) ==
            SQLITE_OK);
    sqlite3_busy_timeout(raw, 5000);
    std::vector<std::string> tables;
    const auto each = [raw](const std::string& sql, auto take) {
        sqlite3_stmt* statement = nullptr;
        REQUIRE(sqlite3_prepare_v2(raw, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
        while (sqlite3_step(statement) == SQLITE_ROW) take(statement);
        REQUIRE(sqlite3_finalize(statement) == SQLITE_OK);
    };
    each("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
         [&](sqlite3_stmt* row) { tables.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(row, 0))); });
    std::string all;
    for (const auto& table : tables) {
        all += table + "\n";
        each("SELECT * FROM " + table, [&](sqlite3_stmt* row) {
            for (int column = 0; column < sqlite3_column_count(row); ++column) {
                const auto* data = static_cast<const char*>(sqlite3_column_blob(row, column));
                all.append(data == nullptr ? "-" : data,
                           data == nullptr ? 1U : static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
                all += '|';
            }
            all += '\n';
        });
    }
    sqlite3_close(raw);
    return all;
}

}  // namespace kazashi::store_tests
