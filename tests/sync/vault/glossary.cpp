#include "sync/vault/glossary.h"

#include "tests/catch.h"

using namespace kazashi;
using base::Fault;

TEST_CASE("glossary: it opens with the capsule key of its epoch, as the version it is, and not otherwise") {
    vault::init();
    std::vector<vault::CapsuleEpochKey> keys;
    keys.push_back({2, vault::random_key<vault::CapsuleKey>()});
    keys.push_back({1, vault::random_key<vault::CapsuleKey>()});
    const base::Bytes plain(500, 0x42);
    model::Glossary glossary{7, 1, {}};
    glossary.sealed = vault::seal_glossary(keys[1], glossary, plain);
    const auto opened = vault::open_glossary(keys, glossary);
    REQUIRE(opened);
    CHECK(base::equal(opened->view(), plain));

    auto other = glossary;
    other.version = 8;
    CHECK(vault::open_glossary(keys, other).fault() == Fault::wrong_key);
    other = glossary;
    other.epoch = 2;
    CHECK(vault::open_glossary(keys, other).fault() == Fault::wrong_key);
    other.epoch = 3;
    CHECK(vault::open_glossary(keys, other).error().detail == "capsule_epoch 3");
    for (const std::size_t at : {std::size_t{0}, glossary.sealed.size() / 2, glossary.sealed.size() - 1}) {
        other = glossary;
        other.sealed[at] ^= 1;
        CHECK(vault::open_glossary(keys, other).fault() == Fault::wrong_key);
    }
    other.sealed.clear();
    CHECK(vault::open_glossary(keys, other).fault() == Fault::wrong_key);
}

TEST_CASE("glossary: its key is not the capsule key itself") {
    vault::init();
    std::vector<vault::CapsuleEpochKey> keys;
    keys.push_back({1, vault::random_key<vault::CapsuleKey>()});
    model::Glossary glossary{1, 1, {}};
    glossary.sealed = vault::seal_glossary(keys[0], glossary, base::Bytes(10));
    const auto about = vault::hash("kazashi/glossary/1", base::as_bytes("1/1"));
    CHECK(vault::open(keys[0].key.bytes, about.view(), glossary.sealed).fault() == Fault::wrong_key);
}
