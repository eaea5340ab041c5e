// What the region's people do for patients: who may look, who looked, and the rules of it.
#include "sync/server/office_verb.h"

namespace kazashi::server {

namespace {

using base::Status;

Status withdraw(Options& o) {
    return in_office(o, [&](auto& office) { return office.withdraw(o.number, o.facility); });
}

Status exclude(Options& o) {
    return in_office(o, [&](auto& office) {
        return office.exclude({o.number, model::FacilityId{o.facility}, o.undo});
    });
}

Status link_holder(Options& o) {
    return in_office(o, [&](auto& office) { return office.link_holder(o.file, o.number, o.undo); });
}

Status link_old_cards(Options& o) {
    return in_office(o, [&](auto& office) { return office.link_old_cards(o.number, o.undo); });
}

Status who_looked(Options& o) {
    return in_office(o, [&](auto& office) { return office.who_looked(o.number); });
}

Status review(Options& o) {
    return in_office(
        o, [&](auto& office) { return o.id.empty() ? office.review(o.all) : office.review_done(o.id, o.by); });
}

Status policy_show(Options& o) {
    return in_office(o, [](auto& office) { return office.show_policy(); });
}

Status policy_set(Options& o) {
    return in_office(o, [&](auto& office) { return office.set_policy(o.file); });
}

}  // namespace

void add_patient_verbs(Verbs& verbs) {
    auto& o = verbs.options();
    auto& take = verbs.in_office("withdraw", "a patient takes back who may look, on paper", withdraw);
    verbs.with_number(take);
    take.add_option("--facility", o.facility, "whose windows end; without it everybody's");
    take.footer(
        "Windows close with the facilities' next page, and it stands in the patient's history.\n"
        "Tapping the card opens a new window; to prevent that see exclude.");

    auto& keep_out = verbs.in_office("exclude", "a facility may see nothing of a patient, card or not", exclude);
    verbs.with_number(keep_out);
    keep_out.add_option("--facility", o.facility, "which facility")->required();
    keep_out.add_flag("--undo", o.undo, "it may again");

    auto& holder = verbs.in_office("link-holder", "a patient's My Number card shows who they are", link_holder);
    holder.add_option("--certificate", o.file, "the card's user authentication certificate, PEM or DER")->required();
    verbs.with_number(holder);
    holder.add_flag("--undo", o.undo, "the card is nobody's any more");
    holder.footer(
        "The certificate names nobody and must come from an authority of the policy's id_card_roots.my_number.\n"
        "With its PIN the card opens what a live window opens; it begins no new one. A renewed card is linked anew.");

    auto& old = verbs.in_office("link-old-cards", "cards from before, which only say a number, show whose they are",
                                link_old_cards);
    auto& whose = *old.add_option("--patient", o.number, "only this patient's: regional number, ten digits");
    old.add_flag("--undo", o.undo, "their old card is nobody's any more")->needs(&whose);
    old.footer(
        "Without --patient of everybody who has no such link yet; run it again for patients who came later. Terminals\n"
        "read such cards by a card profile (kazashi run --profiles). Anybody can imitate one, so it begins no window;\n"
        "of a live one it opens the policy's presented_sections, by default nothing. Reported lost or exchanged for a\n"
        "new card it is nobody's, until it is linked by its number.");

    auto& looks = verbs.in_office("who-looked", "everybody who looked at a patient's record", who_looked);
    verbs.with_number(looks);
    verbs.with_json(looks);
    looks.footer(
        "One line each, newest first, tabs between: time, kind, facility, sections, reason, grant, whether\n"
        "the patient has yet to be told.");

    auto& glass = verbs.in_office("review", "break-glass views nobody has reviewed yet", review);
    glass.add_flag("--all", o.all, "those that were reviewed too");
    auto& done = *glass.add_option("--done", o.id, "this one is reviewed: its id, first in the list");
    glass.add_option("--by", o.by, "who reviewed it")->needs(&done);
    verbs.with_json(glass);
    glass.footer(
        "One line each, tabs between: id, broken at, ends at, facility, terminal, staff, second staff,\n"
        "patient's number, reason, sections, why the region refused it, told, reviewed, by whom.");

    auto& rules = *verbs.app().add_subcommand("policy", "the region's rules: windows, break-glass, idle times");
    rules.require_subcommand(1);
    verbs.in_office("show", "the policy in force, as JSON", policy_show, &rules);
    auto& set = verbs.in_office("set", "put a changed policy in force", policy_set, &rules);
    set.add_option("file", o.file, "TOML, or JSON with the names `policy show` writes")->required();
    set.footer(
        "What the file does not name stays as it is. It reaches every terminal with its next page. A version in\n"
        "the file must be the one in force. If who may break the glass changes, a new emergency epoch begins.");
}

}  // namespace kazashi::server
