// Making a region, feeding it its lists, and what it holds.
#include "sync/server/code_name_office.h"
#include "sync/server/lists.h"
#include "sync/server/office_verb.h"
#include "sync/server/status_report.h"

namespace kazashi::server {

namespace {

using base::Status;

Status init(Options& o) {
    KAZASHI_CHECK(make_region(o.dir, o.profile, base::SystemClock{}.wall()));
    std::cout << "region " << o.profile.code << " is ready\n";
    return base::ok();
}

Status status(Options& o) {
    KAZASHI_TRY(const auto region, open_region(o.dir));
    KAZASHI_TRY(const auto report, status_json(*region.repository));
    std::cout << report << '\n';
    return base::ok();
}

Status facilities(Options& o) {
    KAZASHI_TRY(const auto region, open_region(o.dir));
    KAZASHI_TRY(const int changed, take_facilities(*region.repository, o.file));
    std::cout << changed << " facilities new or changed\n";
    return base::ok();
}

Status staff(Options& o) {
    if (o.list) return in_office(o, [](auto& office) { return office.staff(); });
    if (!o.staff.empty()) return in_office(o, [&](auto& office) { return office.remove_staff(o.staff); });
    KAZASHI_TRY(const auto region, open_region(o.dir));
    KAZASHI_TRY(const int changed, take_staff(*region.repository, o.file));
    std::cout << changed << " staff new or changed\n";
    return base::ok();
}

Status names(Options& o) {
    if (o.list) return in_office(o, [](auto& office) { return office.code_names(); });
    KAZASHI_TRY(const auto region, open_region(o.dir));
    KAZASHI_TRY(const auto report, take_code_name_files(region, o.files));
    std::cout << report.changed << " names new or changed, " << report.removed << " removed; there are " << report.names
              << " now\n";
    return base::ok();
}

Status cards(Options& o) {
    KAZASHI_TRY(auto region, open_region(o.dir));
    KAZASHI_TRY(const int count, issue_cards(region, o.file, o.images));
    std::cout << count << " cards\n";
    return base::ok();
}

Status revoke(Options& o) {
    KAZASHI_TRY(const auto region, open_region(o.dir));
    return region.repository->write(
        [&](Records& records) { return revoke_cards(records, region.keys, card::CardKind::patient, o.number); });
}

}  // namespace

void add_region_verbs(Verbs& verbs) {
    auto& o = verbs.options();
    auto& make = verbs.in_dir("init", "make a region: keys, certificates, database", init);
    make.add_flag("--demo", o.profile.demo, "a demonstration with invented people");
    make.add_option("--region", o.profile.code, "region code on the cards")->check(CLI::Range(1, 65535));
    make.add_option("--name", o.profile.name, "the region's name");
    make.add_option("--identifier-system", o.profile.identifier_system, "system of the regional patient number");

    auto& report = verbs.in_dir("status", "what the region holds, as JSON", status);
    report.add_flag("--json", o.json, "JSON (the only form there is)");

    auto& places = verbs.in_dir("facilities", "take a list of facilities", facilities);
    places.add_option("file", o.file, "JSON list")->required();

    auto& people = verbs.in_dir("staff", "take a list of staff, remove somebody, or list them", staff);
    auto& what = *people.add_option_group("what");
    what.add_option("file", o.file, "JSON list of {id, facility, name}; active: false removes");
    what.add_option("--remove", o.staff, "number of who works nowhere any more: no terminal lets them in again");
    what.add_flag("--list", o.list, "who there is: number, facility, active");
    what.require_option(1);
    verbs.with_json(people);

    auto& words = verbs.in_dir("names", "take tables of what codes are called, or list them", names);
    auto& which = *words.add_option_group("what");
    which.add_option("files", o.files, "TOML files, together one table");
    which.add_flag("--list", o.list, "what there is: system, code, Japanese name, English name");
    which.require_option(1);
    verbs.with_json(words);
    words.footer(
        "A patient's card carries its emergency facts in codes; terminals show them by these names. They come from\n"
        "official tables and are public: no word of a patient's record belongs here. A file has a table for each\n"
        "system and a line for each code:\n"
        "\n"
        "  [yj7]          first seven digits of YJ codes      1149019 = [\"ロキソプロフェン\", \"Loxoprofen\"]\n"
        "  [jfagy]        foods and other substances          J9FC11310000 = [\"サバ\"]\n"
        "  [icd10]        three or four characters, no dot    I10 = [\"本態性高血圧症\"]\n"
        "  [institution]  ten-digit numbers of hospitals      4410000001 = [\"臼杵中央病院\"]\n"
        "\n"
        "The Japanese name comes first, an English one may follow. Each system the files name is replaced whole: a\n"
        "code that is no longer there loses its name; the other systems stay as they are. A file with anything\n"
        "wrong in it is refused with the number of the line, and nothing is taken. A new terminal gets all names\n"
        "when it is enrolled, the others with their next page.");

    auto& issue = verbs.in_dir("cards", "issue demonstration cards", cards);
    issue.add_option("file", o.file, "JSON list")->required();
    issue.add_option("--images", o.images, "where to write the cards' images")->required();

    auto& take_back = verbs.in_dir("revoke", "revoke a patient's card", revoke);
    take_back.add_option("--number", o.number, "regional number of the patient")->required();
}

}  // namespace kazashi::server
