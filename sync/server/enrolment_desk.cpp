#include "sync/server/enrolment_desk.h"

#include <fmt/format.h>

#include <array>

#include "sync/server/capsule_keys.h"
#include "sync/server/packer.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

// 32 letters without those that are mistaken for each other (I L O U): five bits each.
constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int group = 4;

std::string random_code() {
    std::array<std::uint8_t, tuning::code_letters> dice{};
    vault::random_bytes(dice.data(), dice.size());
    std::string code;
    for (std::size_t i = 0; i < dice.size(); ++i) {
        if (i != 0 && i % group == 0) code.push_back('-');
        code.push_back(letters[dice[i] % letters.size()]);
    }
    return code;
}

// As people type it: small letters, with or without the dashes.
model::Hash code_hash(std::string_view typed) {
    std::string plain;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        plain.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return vault::hash("kazashi/region/code/1", base::as_bytes(plain));
}

}  // namespace

Result<std::string> make_code(Records& records, const model::FacilityId& facility, model::UtcTime now) {
    KAZASHI_TRY(const auto known, records.facility(facility));
    if (!known) return base::Error{base::Fault::not_found, "no such facility"};
    auto code = random_code();
    KAZASHI_CHECK(records.put_code(code_hash(code), facility, now + tuning::code_life));
    return code;
}

Result<wire::EnrolAnswer> enrol(Records& records, const Region& region, const wire::EnrolRequest& request,
                                EnrolTimes times) {
    KAZASHI_TRY(const auto facility_id, records.take_code(code_hash(request.code), times.now));
    if (!facility_id) return base::Error{base::Fault::denied, "this code opens nothing"};
    KAZASHI_TRY(const auto facility, records.facility(*facility_id));
    if (!facility) return base::Error{base::Fault::corrupt, "a code without a facility"};
    KAZASHI_TRY(const auto before, records.terminals_at(*facility_id));
    const model::TerminalId terminal{fmt::format("{}-T{}", facility_id->str(), before + 1)};

    wire::EnrolAnswer answer;
    KAZASHI_TRY(answer.certificate_pem,
                region.authority.sign_request(request.csr_pem, terminal.str(), times.certificate_time));
    KAZASHI_TRY(const auto print, fingerprint(answer.certificate_pem));
    TerminalRecord made{terminal, *facility, request.verify, request.seal, print, {}, {}, {}, {}, {}};
    KAZASHI_CHECK(records.put_terminal(made, times.now));
    KAZASHI_CHECK(Packer{region.keys}.admit_terminal(records, made, times.now));
    KAZASHI_TRY(answer.policy, records.policy());
    // Also in its feed. With these it reads cards before it has ever met the feed.
    KAZASHI_TRY(answer.capsule_keys, capsule_keys_for(records, region.keys, made));
    if (!answer.capsule_keys.empty()) {
        KAZASHI_TRY(answer.glossary, records.glossary());
    }
    answer.terminal = terminal;
    answer.facility = *facility;
    answer.region = region.profile.code;
    const auto index = region.keys.index.bytes.view();
    answer.index_key.assign(index.begin(), index.end());
    answer.region_verify = region.keys.signing.verify;
    answer.region_seal = region.keys.sealing.seal;
    answer.demo = region.profile.demo;
    return answer;
}

}  // namespace kazashi::server
