#include "sync/demo/demo_region.h"

#include <fmt/format.h>

#include <fstream>

#include "sync/demo/code_names.h"
#include "sync/demo/record.h"

namespace kazashi::demo {
namespace {

namespace fs = std::filesystem;
using base::Error, base::Fault;

base::Status write_file(const fs::path& path, const std::string& text) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) return Error{Fault::io, "cannot write " + path.filename().string()};
    return base::ok();
}

base::Status make_folders(const fs::path& out) {
    std::error_code error;
    fs::create_directories(out / "bundles", error);
    if (!error) fs::create_directories(out / "later", error);
    if (error) return Error{Fault::io, "cannot make the folders: " + error.message()};
    // Bundles of a larger region made here before would be imported with this one.
    for (const auto& old : fs::directory_iterator{out / "bundles", error})
        if (old.path().extension() == ".json") fs::remove(old.path(), error);
    return base::ok();
}

std::string facilities_json(const Town& town) {
    auto list = Fhir::array();
    for (const auto& place : town.places)
        list.push_back(
            {{"id", place.id}, {"type", place.type}, {"name", place.name}, {"institution", place.institution}});
    return list.dump(1);
}

std::string staff_json(const Town& town) {
    auto list = Fhir::array();
    for (const auto& worker : town.workers)
        list.push_back({{"id", worker.number}, {"facility", worker.facility}, {"name", worker.name}});
    return list.dump(1);
}

std::string story_json(const Tables& tables, const Resident& heroine, base::Date today) {
    const auto& story = tables.story;
    auto medicines = Fhir::array();
    for (const auto& medicine : story.medicines) medicines.push_back(tables.drugs.at(medicine.code).name);
    auto problems = Fhir::array();
    for (const auto& problem : story.problems) problems.push_back(problem.name);
    auto labs = Fhir::array();
    for (const auto& lab : story.labs)
        labs.push_back({{"name", tables.labs.at(lab.key).name}, {"value", lab.values.back()}});
    const Fhir patient{{"number", heroine.number},
                       {"kanji", heroine.kanji()},
                       {"kana", heroine.kana()},
                       {"birth_date", iso(heroine.born)},
                       {"age", heroine.age},
                       {"sex", heroine.sex},
                       {"blood", heroine.blood + " Rh+"},
                       {"medicine", medicines.front()},
                       {"medicines", medicines},
                       {"allergy", story.allergy.what},
                       {"allergy_code", story.allergy.code},
                       {"reaction", story.allergy.reaction},
                       {"problems", problems},
                       {"labs", labs},
                       {"clinic", heroine.clinic.name},
                       {"hospital", heroine.hospital.name},
                       {"pharmacy", heroine.pharmacy.name},
                       {"withheld", story.withheld.name}};
    const Fhir all{
        {"today", iso(today)}, {"patient", patient}, {"new_medicine", tables.drugs.at(story.new_medicine).name}};
    return all.dump(1);
}

Fhir card(const char* kind, const std::string& number, const std::string& label) {
    return {{"kind", kind}, {"number", number}, {"label", label}};
}

}  // namespace

base::Status write_demo_region(const DemoOptions& options) {
    if (options.patients < 1 || options.patients > most_patients)
        return Error{Fault::limit, fmt::format("patients: 1 to {}", most_patients)};
    KAZASHI_TRY(const auto tables, read_tables(options.tables));
    const auto town = make_town(tables, options.seed);
    KAZASHI_TRY(const auto names, code_names(options.tables, tables, town));
    KAZASHI_CHECK(make_folders(options.out));
    Needles needles;
    auto cards = Fhir::array();

    const auto heroine = make_heroine(tables, town, options.today);
    for (int index = 1; index <= options.patients; ++index) {
        Random random{options.seed, static_cast<std::uint32_t>(index)};
        const auto resident = index == 1 ? heroine : make_resident(tables, town, options.today, index, random);
        const auto text = index == 1 ? write_heroine(tables, resident, options.today, needles)
                                     : write_record(tables, resident, options.today, random, needles);
        KAZASHI_CHECK(write_file(options.out / "bundles" / fmt::format("{:05}.json", index), text));
        cards.push_back(card("patient", resident.number, resident.kanji()));
    }
    for (const auto& worker : town.workers) {
        cards.push_back(card("staff", worker.number, worker.name));
        needles.add(worker.name);
    }
    KAZASHI_CHECK(write_file(options.out / "later" / "new-medicine.json",
                             write_new_medicine(tables, heroine, options.today, needles)));
    KAZASHI_CHECK(write_file(options.out / "facilities.json", facilities_json(town)));
    KAZASHI_CHECK(write_file(options.out / "staff.json", staff_json(town)));
    KAZASHI_CHECK(write_file(options.out / "cards.json", cards.dump(1)));
    KAZASHI_CHECK(write_file(options.out / "names.toml", names));
    KAZASHI_CHECK(write_file(options.out / "story.json", story_json(tables, heroine, options.today)));
    return write_file(options.out / "needles.txt", needles.lines());
}

}  // namespace kazashi::demo
