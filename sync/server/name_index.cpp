#include "sync/server/name_index.h"

#include <algorithm>

#include "sync/fhir/dates.h"
#include "sync/fhir/json.h"
#include "sync/fhir/names.h"
#include "sync/fhir/text.h"
#include "sync/model/summary.h"
#include "sync/server/emergency.h"
#include "sync/server/feed.h"
#include "sync/server/tuning.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

std::int64_t page_of(const model::PatientRef& patient) {
    // Handles are random: any bits of them spread evenly.
    static_assert(tuning::name_pages <= 256);
    return patient.bytes[0] % tuning::name_pages;
}

model::Sex sex_of(std::string_view gender) {
    if (gender == "male") return model::Sex::male;
    if (gender == "female") return model::Sex::female;
    return gender == "other" ? model::Sex::other : model::Sex::unknown;
}

// Not cut within a character.
std::string at_most(std::string text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
    text.resize(bytes);
    return text;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : fhir::folded(text)) {
        if (c >= '0' && c <= '9') digits.push_back(c);
    }
    return digits;
}

std::string phone_of(fhir::Node patient) {
    for (const auto telecom : patient["telecom"]) {
        const auto system = telecom["system"].text();
        if (system != "phone" && system != "sms" && !system.empty()) continue;
        if (auto digits = digits_of(telecom["value"].text()); !digits.empty()) return digits;
    }
    return {};
}

std::string address_of(fhir::Node patient) {
    for (const auto address : patient["address"]) {
        if (address["use"].text() == "old") continue;
        if (auto text = fhir::tidy(address["text"].text()); !text.empty()) return text;
        std::string parts = fhir::tidy(address["state"].text()) + fhir::tidy(address["city"].text());
        for (const auto line : address["line"]) parts += fhir::tidy(line.text());
        if (!parts.empty()) return parts;
    }
    return {};
}

Status seal_page(Records& records, const Emergency& emergency, const WaitingPage& waiting) {
    KAZASHI_TRY(const auto names, records.names_on(waiting.page));
    if (names.size() > wire::tuning::names_a_page) {
        return base::Error{base::Fault::limit, "a page of the name index holds more people than it can"};
    }
    model::NamePage page{waiting.page, emergency.epoch, waiting.version + 1, {}};
    const auto plain = wire::encode_names(names);
    page.sealed = vault::seal_names(emergency.key, page, fhir::compress(base::as_text(plain)));
    KAZASHI_CHECK(publish(records, page, for_emergency()));
    return records.name_page_sealed(page.page, page.version);
}

}  // namespace

wire::NameEntry name_entry(const model::PatientRef& patient, std::string_view patient_json) {
    wire::NameEntry entry;
    entry.patient = patient;
    const auto json = fhir::Json::parse(patient_json);
    if (!json) return entry;  // it was parsed when it was stored: only a damaged row comes here
    const auto root = (*json)->root();
    const auto names = fhir::names_of(root);
    entry.kanji = at_most(names.kanji, wire::tuning::name_bytes);
    entry.kana = at_most(names.kana, wire::tuning::name_bytes);
    entry.born = fhir::record_date(root["birthDate"].text()).text;
    entry.phone = at_most(phone_of(root), wire::tuning::id_bytes);
    entry.address = at_most(address_of(root), wire::tuning::name_bytes);
    entry.sex = static_cast<std::uint8_t>(sex_of(root["gender"].text()));
    return entry;
}

Status index_name(Records& records, const wire::NameEntry& name) {
    const auto page = page_of(name.patient);
    KAZASHI_TRY(const bool changed, records.put_name(name, page));
    return changed ? records.name_page_waits(page) : base::ok();
}

Status forget_name(Records& records, const model::PatientRef& patient) {
    KAZASHI_TRY(const bool there, records.drop_name(patient));
    return there ? records.name_page_waits(page_of(patient)) : base::ok();
}

Result<bool> names_wait(Records& records) {
    KAZASHI_TRY(const auto waiting, records.waiting_name_pages());
    return !waiting.empty();
}

Status seal_names(Records& records, const RegionKeys& keys) {
    KAZASHI_TRY(const auto emergency, newest_emergency(records, keys));
    if (!emergency) return base::ok();
    KAZASHI_TRY(const auto waiting, records.waiting_name_pages());
    for (const auto& page : waiting) KAZASHI_CHECK(seal_page(records, *emergency, page));
    return base::ok();
}

}  // namespace kazashi::server
