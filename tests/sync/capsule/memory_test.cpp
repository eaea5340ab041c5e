// The names of a capsule's codes are in memory as long as the capsule is shown; of the others nothing stays at all. As
// in the terminal program, freed memory and used stack are wiped.
#include <sys/wait.h>
#include <unistd.h>

#include "sync/fhir/import.h"
#include "sync/server/files.h"
#include "sync/vault/glossary.h"
#include "sync/wire/glossary.h"
#include "terminal/app/wipe_on_free.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/capsule/region_and_terminal.h"
#include "tests/sync/desk/own_memory.h"

#ifndef KAZASHI_ASAN  // it keeps what is freed as it was, and maps a memory of its own
using namespace kazashi;
using namespace kazashi::test;
using desk_tests::Wanted;
using model::CodeSystem;

namespace {

constexpr const char* on_the_card = "セフジトレン ピボキシル水和物";  // in no other test of this program
constexpr const char* another = "ロキソプロフェンナトリウム水和物";

Wanted text(std::string_view words) { return Wanted{base::as_bytes(words)}; }
int times(const Wanted& wanted) {
    app::scrub_stack();
    return wanted.times_in_memory();
}

// What a region has sent. It is made in another process: whoever packs names has them in memory afterwards.
model::Glossary glossary_of(Region& region) {
    model::Glossary glossary{1, 1, {}};
    const auto file = region.folder / "glossary";
    must(region.repository().read([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(const auto keys, server::open_capsule_keys(records, region.region().keys));
        const auto child = ::fork();
        if (child == 0) {
            const auto plain = wire::encode_glossary(
                {{CodeSystem::yj7, "1149019", another, ""}, {CodeSystem::yj7, "6132016", on_the_card, ""}});
            const auto packed = fhir::compress(base::as_text(plain));
            const auto sealed = vault::seal_glossary(keys.front(), glossary, packed);
            ::_exit(server::write_file(file, sealed, server::FileMode::open) ? 0 : 1);
        }
        int status = 1;
        CHECK(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
        return base::ok();
    }));
    const auto sealed = must(server::read_file(file, 4096));
    glossary.sealed.assign(sealed.view().begin(), sealed.view().end());
    return glossary;
}

}  // namespace

TEST_CASE("memory: the names of a capsule go with it, and the rest of the glossary at once") {
    Region region;
    const auto issued = region.issue(hanako);
    HeldUp card{issued, region.pads_of(issued.card)};
    Terminal terminal{region, "F0002"};
    must(terminal.connection().put_glossary(glossary_of(region)));
    terminal.sign_in();
    const auto shown = text(on_the_card);
    const auto hidden = text(another);
    CHECK(times(shown) == 0);
    auto capsule = must(terminal.desk->capsule(card.identity, card.read()));
    REQUIRE(capsule->names.size() == 1);
    CHECK(times(shown) == 1);  // the search can see
    CHECK(times(hidden) == 0);
    capsule.reset();
    CHECK(times(shown) == 0);
}
#endif
