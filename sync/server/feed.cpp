#include "sync/server/feed.h"

#include <variant>

#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::string hex(base::ByteView bytes) { return base::to_hex(bytes); }

std::string section_key(const model::PackageId& id) {
    return hex(id.patient.view()) + "/" + std::string{model::name(id.section)};
}

// A card wrap is one of its card's, a facility wrap one of its terminal's.
std::string wrap_key(const model::Wrap& wrap, const Audience& audience) {
    const auto owner = wrap.way == model::WrapFor::card ? "card/" + hex(wrap.card.view()) : audience.word;
    return "wrap/" + owner + "/" + section_key(wrap.package);
}

std::string link_key(const model::HolderIndex& holder) { return "holder/" + hex(holder.view()); }

// What an entry is about. Two entries with the same key never stand in the feed together.
std::string key_of(const model::FeedBody& body, const Audience& audience) {
    return std::visit(
        Overloaded{
            [](const model::Lock& lock) { return "lock/" + hex(lock.card.view()); },
            [](const model::Package& package) { return "package/" + section_key(package.id); },
            [&](const model::Wrap& wrap) { return wrap_key(wrap, audience); },
            [](const model::GrantNews& news) { return "grant/" + hex(news.grant.view()); },
            [](const model::Policy&) { return std::string{"policy"}; },
            [](const model::Facility& facility) { return "facility/" + facility.id.str(); },
            [](const model::StaffMember& member) { return "staff/" + member.id.str() + "/" + member.facility.str(); },
            [](const model::RevokedCard& revoked) { return "revoked/" + hex(revoked.card.view()); },
            [](const model::SharedWindow& window) { return "window/" + hex(window.grant.id.view()); },
            [](const model::Exclusion& exclusion) {
                return "exclusion/" + hex(exclusion.patient.view()) + "/" + exclusion.facility.str();
            },
            [&](const model::EmergencyKeyWrap& key) {
                return "emergency_key/" + audience.word + "/" + std::to_string(key.epoch);
            },
            [](const model::NamePage& page) { return "names/" + std::to_string(page.page); },
            [&](const model::CapsuleKeyWrap& key) {
                return "capsule_key/" + audience.word + "/" + std::to_string(key.epoch);
            },
            [](const model::HolderLink& link) { return link_key(link.holder); },
            [](const model::Glossary&) { return std::string{"glossary"}; },
        },
        body);
}

}  // namespace

Audience for_all() { return {"all"}; }
Audience for_section(model::Section section) { return {"section/" + std::string{model::name(section)}}; }
Audience for_facility(const model::FacilityId& facility) { return {"facility/" + facility.str()}; }
Audience for_terminal(const model::TerminalId& terminal) { return {"terminal/" + terminal.str()}; }
Audience for_emergency() { return {"emergency"}; }

Status publish(FeedRecords& feed, const model::FeedBody& body, const Audience& audience) {
    return feed.append(
        {key_of(body, audience), audience, std::holds_alternative<model::Package>(body), wire::encode_body(body)});
}

Result<bool> has_link(FeedRecords& feed, const model::HolderIndex& holder) { return feed.holds(link_key(holder)); }

Status publish_revocation(FeedRecords& feed, const model::CardIndex& card) {
    KAZASHI_CHECK(feed.drop("lock/" + hex(card.view())));
    KAZASHI_CHECK(feed.drop_below("wrap/card/" + hex(card.view()) + "/"));
    return publish(feed, model::RevokedCard{card}, for_all());
}

Status drop_wraps(FeedRecords& feed, const model::TerminalId& terminal, const model::PatientRef& patient) {
    return feed.drop_below("wrap/" + for_terminal(terminal).word + "/" + hex(patient.view()) + "/");
}

Status drop_terminal(FeedRecords& feed, const model::TerminalId& terminal) {
    KAZASHI_CHECK(feed.drop_below("wrap/" + for_terminal(terminal).word + "/"));
    KAZASHI_CHECK(feed.drop_below("capsule_key/" + for_terminal(terminal).word + "/"));
    return feed.drop_below("emergency_key/" + for_terminal(terminal).word + "/");
}

Status drop_window(FeedRecords& feed, const model::GrantId& grant) { return feed.drop("window/" + hex(grant.view())); }

Listener listener_of(const TerminalRecord& terminal, const model::Policy& policy) {
    const auto& rules = policy.of(terminal.facility.type);
    Listener listener{terminal.id, terminal.facility.id, rules.sections, rules.break_glass != model::BreakGlass::never};
    if (!listener.emergency) return listener;
    const auto bits = rules.sections.bits() | rules.emergency_sections.bits();
    listener.sections = model::SectionSet{static_cast<std::uint8_t>(bits)};
    return listener;
}

Result<SignedPage> signed_page(FeedRecords& feed, const PageRequest& request, const vault::SigningPair& region) {
    constexpr FeedLimits limits{wire::tuning::page_entries, tuning::page_bytes - wire::tuning::envelope_bytes};
    KAZASHI_TRY(const auto slice, feed.feed_after(request.after, request.listener, limits));
    if (request.after > slice.head) return base::Error{base::Fault::out_of_order, "the cursor is ahead of the feed"};

    model::FeedPage page;
    page.terminal = request.listener.terminal;
    page.after = request.after;
    // A page that was not cut short reaches the head: what lies between is not for this terminal.
    page.next = slice.more ? model::Cursor{slice.entries.back().seq} : slice.head;
    page.head = slice.head;
    page.packages_total = slice.packages_total;
    page.made_at = request.now;
    return SignedPage{wire::encode_signed(page, slice.entries, region), !slice.more};
}

}  // namespace kazashi::server
