// A region's folder as the first version wrote it: a patient with a card and a record, a terminal of the fire service,
// the policy of then.
#include "sync/server/upgrade.h"

#include "sync/model/summary.h"
#include "sync/server/emergency.h"
#include "sync/server/name_index.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

TEST_CASE("upgrade: a region of the first version goes forward") {
    vault::init();
    const fakes::TempFolder folder;
    std::filesystem::copy(KAZASHI_SOURCE "/tests/data/region-v1", folder / "region");
    std::vector<model::FeedEntry> entries;
    for (int opened = 0; opened < 2; ++opened) {  // the second time there is nothing to do
        INFO(opened);
        auto region = must(server::open_region(folder / "region"));
        must(region.repository->write(
            [&](server::Records& records) { return server::seal_names(records, region.keys); }));
        server::SignedPage page;
        must(region.repository->read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(const auto policy, records.policy());
            CHECK(policy.types == model::default_policy().types);
            CHECK(policy.version == 2);
            KAZASHI_TRY(const auto terminal, records.terminal(model::TerminalId{"F0002-T1"}));
            CHECK(terminal->in_service());
            KAZASHI_TRY(const auto emergency, server::newest_emergency(records, region.keys));
            CHECK(emergency->epoch == 1);
            const auto listener = server::listener_of(*terminal, policy);
            KAZASHI_TRY(page, server::signed_page(records, {listener, {}, {}}, region.keys.signing));
            const auto read = must(wire::decode_signed_page(page.bytes, region.keys.signing.verify));
            CHECK(read.packages_total == 2);
            CHECK((opened == 0 || read.entries == entries));
            entries = read.entries;

            REQUIRE(all<model::Policy>(entries).size() == 1);
            CHECK(all<model::EmergencyKeyWrap>(entries).size() == 1);
            int wraps = 0;
            for (const auto& wrap : all<model::Wrap>(entries)) {
                if (wrap.way != model::WrapFor::emergency) continue;
                CHECK(static_cast<bool>(vault::unwrap(emergency->key, wrap.package, wrap.sealed)));
                ++wraps;
            }
            CHECK(wraps == 2);
            const auto pages = all<model::NamePage>(entries);
            REQUIRE(pages.size() == 1);
            const auto opened_page = must(vault::open_names(emergency->key, pages[0]));
            const auto names = must(wire::decode_names(must(fhir::decompress(opened_page.view())).view()));
            REQUIRE(names.size() == 1);
            CHECK(names[0].kanji == "臼杵 花子");
            CHECK(names[0].kana == "ウスキ ハナコ");
            CHECK(names[0].born == "1950-04-01");
            CHECK(names[0].phone == "0972000001");
            CHECK(names[0].address == "臼杵市大字臼杵1-2-3");
            CHECK(names[0].sex == static_cast<std::uint8_t>(model::Sex::female));
            return base::ok();
        }));
    }
}
