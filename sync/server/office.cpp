#include "sync/server/office.h"

#include <algorithm>

#include "cardio/protocol/certificate.h"
#include "sync/server/emergency.h"
#include "sync/server/files.h"
#include "sync/server/holder_desk.h"
#include "sync/server/lists.h"
#include "sync/server/old_cards.h"
#include "sync/server/policy_file.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

Status Office::print(const std::function<Result<std::string>(Records&)>& report) {
    std::string text;
    KAZASHI_CHECK(region_.repository->read([&](Records& records) -> Status {
        KAZASHI_TRY(text, report(records));
        return base::ok();
    }));
    out_ << text;
    return base::ok();
}

Status Office::withdraw(const std::string& number, const std::string& facility) {
    const Packer packer{region_.keys};
    KAZASHI_CHECK(write([&](Records& records) {
        return withdraw_on_paper(records, packer, number, model::FacilityId{facility}, now_);
    }));
    out_ << (facility.empty() ? "withdrawn from everybody\n" : "withdrawn from " + facility + "\n");
    return base::ok();
}

Status Office::exclude(const ExclusionWish& wish) {
    KAZASHI_CHECK(write([&](Records& records) { return server::exclude(records, wish, now_); }));
    out_ << wish.facility.str() << (wish.undo ? " may see this patient again\n" : " is excluded\n");
    return base::ok();
}

Status Office::link_holder(const std::filesystem::path& certificate, const std::string& number, bool undo) {
    KAZASHI_TRY(const auto text, read_file(certificate, tuning::policy_bytes));
    const auto pem = protocol::certificate_from_pem(base::as_text(text.view()));
    HolderWish wish{{text.view().begin(), text.view().end()}, number, undo};
    if (pem) wish.certificate = *pem;
    KAZASHI_CHECK(write([&](Records& records) { return server::link_holder(records, region_.keys, wish, now_); }));
    out_ << (undo ? "the card is nobody's any more\n" : "the card is linked\n");
    return base::ok();
}

Status Office::link_old_cards(const std::string& number, bool undo) {
    int linked = 1;
    KAZASHI_CHECK(write([&](Records& records) -> Status {
        if (!number.empty()) return link_old_card(records, region_.keys, number, undo);
        KAZASHI_TRY(linked, server::link_old_cards(records, region_.keys));
        return base::ok();
    }));
    if (undo) out_ << "the old card is nobody's any more\n";
    if (!undo) out_ << linked << (linked == 1 ? " old card is linked\n" : " old cards are linked\n");
    return base::ok();
}

Status Office::show_policy() {
    return print([](Records& records) -> Result<std::string> {
        KAZASHI_TRY(const auto policy, records.policy());
        return policy_json(policy) + "\n";
    });
}

Status Office::set_policy(const std::filesystem::path& file) {
    KAZASHI_TRY(const auto text, read_file(file, tuning::policy_bytes));
    std::int64_t version = 0;
    KAZASHI_CHECK(write([&](Records& records) -> Status {
        KAZASHI_TRY(const auto current, records.policy());
        KAZASHI_TRY(const auto policy, changed_policy(current, base::as_text(text.view()), file.parent_path()));
        version = policy.version;
        return take_policy(records, region_.keys, policy, now_);
    }));
    out_ << "policy version " << version << " is in force\n";
    return base::ok();
}

Status Office::review(bool all) {
    return print([&](Records& records) { return to_review(records, all, form_); });
}

Status Office::review_done(const std::string& id, const std::string& by) {
    if (by.empty()) return base::Error{base::Fault::malformed, "a review is somebody's: say whose with --by"};
    const auto bytes = base::from_hex(id);
    if (!bytes || bytes->size() != model::GrantId::size) {
        return base::Error{base::Fault::malformed, "not an id of the list: 32 hexadecimal digits"};
    }
    model::GrantId view;
    std::copy(bytes->begin(), bytes->end(), view.bytes.begin());
    KAZASHI_CHECK(write([&](Records& records) -> Status {
        KAZASHI_TRY(const bool first, records.reviewed(view, now_, by));
        if (!first) return base::Error{base::Fault::not_found, "there is no such view to review"};
        return base::ok();
    }));
    out_ << "reviewed\n";
    return base::ok();
}

Status Office::who_looked(const std::string& number) {
    return print([&](Records& records) { return server::who_looked(records, number, form_); });
}

Status Office::terminals() {
    return print([&](Records& records) { return terminal_list(records, form_); });
}

Status Office::staff() {
    return print([&](Records& records) { return staff_list(records, form_); });
}

Status Office::code_names() {
    return print([&](Records& records) { return code_name_list(records, form_); });
}

Status Office::remove_staff(const std::string& id) {
    KAZASHI_CHECK(write([&](Records& records) { return server::remove_staff(records, model::StaffId{id}); }));
    out_ << "removed\n";
    return base::ok();
}

Status Office::lost_terminal(const std::string& id) {
    LostReport report;
    KAZASHI_CHECK(write([&](Records& records) -> Status {
        KAZASHI_TRY(report, lose_terminal(records, region_.keys, model::TerminalId{id}, now_));
        return base::ok();
    }));
    out_ << lost_report(report, form_);
    return base::ok();
}

Status Office::new_emergency_epoch() {
    KAZASHI_CHECK(write([&](Records& records) { return server::new_emergency_epoch(records, region_.keys, now_); }));
    return emergency_epoch();
}

Status Office::emergency_epoch() {
    return print([](Records& records) -> Result<std::string> {
        KAZASHI_TRY(const auto key, records.emergency_key());
        return "emergency epoch " + std::to_string(key ? key->epoch : 0) + "\n";
    });
}

}  // namespace kazashi::server
