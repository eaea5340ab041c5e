// A store in a folder of its own, and pages and entries to put into it.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sync/store/store.h"
#include "sync/vault/lock.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

namespace kazashi::store_tests {

template <class Id>
Id id_of(std::uint8_t first, std::uint8_t rest = 0x11) {
    Id id;
    id.bytes.fill(rest);
    id.bytes[0] = first;
    return id;
}

inline model::UtcTime at(int seconds) { return model::UtcTime{std::chrono::seconds{1'700'000'000 + seconds}}; }

inline model::PatientRef patient(std::uint8_t number) { return id_of<model::PatientRef>(number); }

inline model::Package package(std::uint8_t who, std::int64_t version,
                              model::Section section = model::Section::emergency) {
    return {{patient(who), section, version}, at(static_cast<int>(version)), base::Bytes(40, std::uint8_t(version))};
}

inline model::Wrap card_wrap(std::uint8_t who, std::int64_t version) {
    return {model::WrapFor::card,
            {patient(who), model::Section::emergency, version},
            id_of<model::CardIndex>(who),
            base::Bytes(72, std::uint8_t(version))};
}

inline model::Wrap facility_wrap(std::uint8_t who, std::int64_t version) {
    auto wrap = card_wrap(who, version);
    wrap.way = model::WrapFor::facility;
    wrap.card = {};
    return wrap;
}

inline model::FeedPage page(std::int64_t after, std::vector<model::FeedBody> bodies) {
    model::FeedPage made;
    made.after = {after};
    for (auto& body : bodies) made.entries.push_back({++after, std::move(body)});
    made.next = {after};
    made.head = {after};
    made.packages_total = 99;
    return made;
}

inline model::Grant grant(std::uint8_t number, std::uint8_t who) {
    model::Grant made;
    made.id = id_of<model::GrantId>(number, 0x77);
    made.patient = patient(who);
    made.facility = model::FacilityId{"F0001"};
    made.terminal = model::TerminalId{"F0001-T1"};
    made.staff = model::StaffId{"0000000001"};
    made.purpose = "treatment";
    made.sections = model::SectionSet{}.with(model::Section::emergency);
    made.granted_at = at(number);
    made.expires_at = at(number + 1000);
    return made;
}

inline store::WindowRow window(std::uint8_t number, std::uint8_t who) {
    return {grant(number, who), model::GrantState::confirmed, false, "", base::Bytes(72, number)};
}

inline store::WindowWrap window_wrap(std::uint8_t who, std::int64_t version) {
    return {{patient(who), model::Section::emergency, version}, base::Bytes(72, std::uint8_t(0xA0 + version))};
}

inline store::Store::NewEntry entry(model::LedgerKind kind, int seconds = 0) {
    return {kind, at(seconds), model::ClockQuality::wall, base::Bytes{1, 2, 3}};
}

struct StoreFolder {
    StoreFolder() { vault::init(); }
    store::Store open(bool create = true) {
        auto opened = store::Store::open(file(), {.create = create});
        REQUIRE(opened);
        sign(*opened);
        return std::move(*opened);
    }
    void sign(store::Store& store) {
        store.set_signer(terminal, [this](model::LedgerEntry& made) { wire::sign_entry(made, signing); });
    }
    // A tap: grant and view entry, and the window with its wraps.
    void tap(store::Store& store, const store::WindowRow& row, const std::vector<store::WindowWrap>& wraps) {
        REQUIRE(store.append_tap(entry(model::LedgerKind::grant), entry(model::LedgerKind::view), row, wraps));
    }
    std::filesystem::path file() const { return folder / "kazashi.db"; }
    // Everything that lies on the disk of this store.
    std::string raw() const {
        std::string all;
        for (const auto& part : std::filesystem::directory_iterator{folder.path()}) {
            std::ifstream in{part.path(), std::ios::binary};
            all.append(std::istreambuf_iterator<char>{in}, {});
        }
        return all;
    }
    bool on_disk(base::ByteView bytes) const { return raw().find(base::as_text(bytes)) != std::string::npos; }

    fakes::TempFolder folder;
    model::TerminalId terminal{"F0001-T1"};
    vault::SigningPair signing = vault::make_signing_pair();
    vault::SigningPair region = vault::make_signing_pair();
};

inline model::Receipt receipt_for(const model::LedgerEntry& made, const vault::SigningPair& region,
                                  model::Verdict verdict = model::Verdict::accepted, std::string reason = "") {
    model::Receipt receipt{made.terminal, made.seq, wire::hash_of(made), at(500), verdict, std::move(reason), {}};
    wire::sign_receipt(receipt, region);
    return receipt;
}

}  // namespace kazashi::store_tests
