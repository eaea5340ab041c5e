// What the codes of a capsule are called: loaded at the region, there after an enrolment with no feed ever, changed by
// the feed, and in no file of the terminal in clear.
#include <fstream>
#include <iterator>
#include <random>

#include "sync/server/code_name_office.h"
#include "sync/wire/tuning.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/capsule/region_and_terminal.h"

using namespace kazashi;
using namespace kazashi::test;
using model::CodeName;
using model::CodeSystem;

namespace {

const CodeName cefcapene{CodeSystem::yj7, "6132016", "セフカペン ピボキシル塩酸塩水和物", "Cefcapene pivoxil"};
const CodeName dialysis{CodeSystem::icd10, "Z992", "腎透析への依存", "Dependence on renal dialysis"};
const CodeName mackerel{CodeSystem::jfagy, "J9FC11310000", "サバ", ""};

void load(Town& town, const std::vector<CodeName>& names) {
    server::CodeNameTable table{{CodeSystem::yj7, CodeSystem::jfagy, CodeSystem::icd10}, names};
    must(town.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY([[maybe_unused]] const auto done, server::take_code_names(records, town.region().keys, table));
        return base::ok();
    }));
}

struct Case {
    Region region;
    server::CardImage issued{region.issue(hanako)};
    HeldUp card{issued, region.pads_of(issued.card)};

    std::vector<CodeName> names_at(Terminal& terminal) {
        return must(terminal.desk->capsule(card.identity, card.read()))->names;
    }
};

// So many letters, each one of `choice` from `first` on.
std::string word_of(std::mt19937& dice, int letters, const std::string& first, unsigned choice) {
    std::string word;
    for (int i = 0; i < letters; ++i) {
        auto letter = first;
        const auto last = static_cast<unsigned char>(letter.back()) + dice() % choice;
        if (letter.size() == 1) {
            letter.back() = static_cast<char>(last);
        } else {  // three octets of UTF-8: the last has 64 values
            letter.back() = static_cast<char>(0x80 + (last - 0x80) % 64);
            letter[1] = static_cast<char>(static_cast<unsigned char>(letter[1]) + (last - 0x80) / 64);
        }
        word += letter;
    }
    return word;
}

std::string everything_in(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in{entry.path(), std::ios::binary};
        all.append(std::istreambuf_iterator<char>{in}, {});
    }
    return all;
}

}  // namespace

TEST_CASE("names of codes: a terminal that has met no feed since its enrolment reads a capsule in words") {
    Case one;
    load(one.region, {cefcapene, dialysis, mackerel});
    Terminal terminal{one.region, "F0002"};
    CHECK(must(terminal.connection().cursor()).seq == 0);
    terminal.sign_in();
    // Of what is not on this card it learns nothing.
    CHECK(one.names_at(terminal) == std::vector{cefcapene, dialysis});
}

TEST_CASE("names of codes: a code without a name of its own has that of its category, another one none") {
    Case one;
    auto category = dialysis;
    category.code = "Z99";
    load(one.region, {category, mackerel});
    Terminal terminal{one.region, "F0002"};
    terminal.sign_in();
    CHECK(one.names_at(terminal) == std::vector{category});
}

TEST_CASE("names of codes: the feed changes them, and takes them away") {
    Case one;
    Terminal terminal{one.region, "F0002"};  // before there was any name
    terminal.sign_in();
    CHECK(one.names_at(terminal).empty());
    load(one.region, {cefcapene});
    CHECK(one.names_at(terminal).empty());
    terminal.sync();
    CHECK(one.names_at(terminal) == std::vector{cefcapene});

    auto renamed = cefcapene;
    renamed.japanese = "セフカペン";
    load(one.region, {renamed, dialysis});
    terminal.sync();
    CHECK(one.names_at(terminal) == std::vector{renamed, dialysis});
    load(one.region, {dialysis});
    terminal.sync();
    CHECK(one.names_at(terminal) == std::vector{dialysis});
    load(one.region, {});
    terminal.sync();
    CHECK(one.names_at(terminal).empty());
}

TEST_CASE("names of codes: an older terminal's names stay readable in a new epoch, and newer ones come with its key") {
    Case one;
    load(one.region, {cefcapene});
    Terminal terminal{one.region, "F0002"};
    terminal.sign_in();
    one.region.new_epoch();
    CHECK(one.names_at(terminal) == std::vector{cefcapene});
    load(one.region, {dialysis});
    terminal.sync();
    CHECK(one.names_at(terminal) == std::vector{dialysis});
    Terminal late{one.region, "F0002"};
    late.sign_in();
    CHECK(one.names_at(late) == std::vector{dialysis});
}

TEST_CASE("names of codes: a glossary that does not open keeps nobody from the facts") {
    Case one;
    load(one.region, {cefcapene});
    Terminal terminal{one.region, "F0002"};
    terminal.sign_in();
    must(terminal.connection().put_glossary({9, 1, base::Bytes(300, 0x5a)}));
    const auto capsule = must(terminal.desk->capsule(one.card.identity, one.card.read()));
    CHECK(capsule->names.empty());
    CHECK(capsule->facts.allergies.size() == 1);
}

TEST_CASE("names of codes: no file of a terminal holds one in clear, and who may read no capsule gets none") {
    Case one;
    load(one.region, {cefcapene, dialysis});
    Terminal terminal{one.region, "F0002"};
    terminal.sync();
    terminal.sign_in();
    CHECK(one.names_at(terminal).size() == 2);
    const auto files = everything_in(terminal.folder.path());
    CHECK(files.size() > 10'000);
    for (const auto* word : {"セフカペン", "Cefcapene", "腎透析", "6132016"})
        CHECK(files.find(word) == std::string::npos);

    must(one.region.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(auto policy, records.policy());
        ++policy.version;
        policy.types[model::FacilityType::city_hall] = {};
        return server::take_policy(records, one.region.region().keys, policy, one.region.now());
    }));
    Terminal office{one.region, "F0003"};
    CHECK_FALSE(must(office.connection().glossary()).has_value());
}

TEST_CASE("names of codes: ten thousand of them enrol, come with the feed and are opened") {
    Case one;
    std::vector<CodeName> names{cefcapene, dialysis};
#ifdef KAZASHI_ASAN
    const int many = 1000;
#else
    const int many = 10'000;
#endif
    std::mt19937 dice{44};  // as hard to pack as true names, and harder
    for (int i = static_cast<int>(names.size()); i < many; ++i) {
        const auto number = std::to_string(1'000'000 + i * 7);
        names.push_back({CodeSystem::yj7, number, word_of(dice, 12, "ア", 80) + "水和物", word_of(dice, 16, "a", 26)});
    }
    const auto since = [](auto start) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    };
    auto start = std::chrono::steady_clock::now();
    load(one.region, names);
    const auto loaded = since(start);
    start = std::chrono::steady_clock::now();
    Terminal terminal{one.region, "F0002"};
    const auto enrolled = since(start);
    const auto size = must(terminal.connection().glossary())->sealed.size();
    CHECK(size < wire::tuning::glossary_sealed_bytes);
    terminal.sync();
    terminal.sign_in();
    start = std::chrono::steady_clock::now();
    CHECK(one.names_at(terminal) == std::vector{cefcapene, dialysis});
    std::printf("%d names: loaded in %lld ms, enrolled in %lld ms, %zu octets sealed, a capsule opened in %lld ms\n",
                many, static_cast<long long>(loaded), static_cast<long long>(enrolled), size,
                static_cast<long long>(since(start)));
}
