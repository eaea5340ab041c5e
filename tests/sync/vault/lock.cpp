#include "sync/vault/lock.h"

#include <set>
#include <string>
#include <tuple>

#include "tests/catch.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;

namespace {

template <class Id>
Id id(std::uint8_t seed) {
    Id id;
    for (auto& byte : id.bytes) byte = seed = static_cast<std::uint8_t>(seed * 5 + 3);
    return id;
}
card::Proof proof(std::uint8_t seed) {
    const auto bytes = id<card::Idm>(seed).bytes;
    return card::Proof{std::span<const std::uint8_t, 8>{bytes}};
}
std::string hex(const vault::CardKey& key) { return base::to_hex(key.bytes.view()); }

vault::CardKey some_card_key(std::uint8_t card = 1) {
    return vault::card_key(id<card::Idm>(card), id<card::Challenge>(2), proof(3), id<card::Challenge>(4), proof(5));
}

const model::PackageId package{id<model::PatientRef>(9), model::Section::medication, 7};

// Every id that is not `package` in exactly one part.
std::vector<model::PackageId> neighbours() {
    return {{id<model::PatientRef>(10), package.section, package.version},
            {package.patient, model::Section::clinical, package.version},
            {package.patient, package.section, package.version + 1},
            {package.patient, package.section, package.version + (std::int64_t{1} << 32)}};
}

}  // namespace

TEST_CASE("lock: every part of the answer makes another key") {
    const auto idm = id<card::Idm>(1);
    const auto first = id<card::Challenge>(2);
    const auto second = id<card::Challenge>(4);
    const std::set<std::string> keys{
        hex(vault::card_key(idm, first, proof(3), second, proof(5))),
        hex(vault::card_key(id<card::Idm>(8), first, proof(3), second, proof(5))),
        hex(vault::card_key(idm, id<card::Challenge>(8), proof(3), second, proof(5))),
        hex(vault::card_key(idm, first, proof(8), second, proof(5))),
        hex(vault::card_key(idm, first, proof(3), id<card::Challenge>(8), proof(5))),
        hex(vault::card_key(idm, first, proof(3), second, proof(8))),
        hex(vault::card_key(idm, first, proof(5), second, proof(3))),
    };
    CHECK(keys.size() == 7);
    CHECK(keys.contains(hex(some_card_key())));
}

TEST_CASE("lock: a card index is the same for a card and says nothing without the region's key") {
    vault::init();
    const auto key = vault::random_key<vault::IndexKey>();
    const auto other = vault::random_key<vault::IndexKey>();
    CHECK(vault::card_index(key, id<card::Idm>(1)) == vault::card_index(key, id<card::Idm>(1)));
    CHECK(vault::card_index(key, id<card::Idm>(1)) != vault::card_index(key, id<card::Idm>(2)));
    CHECK(vault::card_index(key, id<card::Idm>(1)) != vault::card_index(other, id<card::Idm>(1)));
}

TEST_CASE("lock: the index of an old card's number is its own, and says nothing without the region's key") {
    vault::init();
    const auto key = vault::random_key<vault::IndexKey>();
    const auto index = vault::number_index(key, "0000000001");
    CHECK(index == vault::number_index(key, "0000000001"));
    CHECK(index != vault::number_index(key, "0000000002"));
    CHECK(index != vault::number_index(vault::random_key<vault::IndexKey>(), "0000000001"));
    // Thirty-two octets are a number's as well as a key's: the same octets are not the same card.
    const auto digest = id<card::Digest>(1);
    CHECK(vault::number_index(key, base::as_text(digest.view())) != vault::holder_index(key, digest));
}

TEST_CASE("lock: a grant's challenge changes with every byte of the grant") {
    Bytes grant(60, 0x11);
    const auto challenge = vault::grant_challenge(grant);
    for (auto& byte : grant) {
        byte ^= 1U;
        REQUIRE(vault::grant_challenge(grant) != challenge);
        byte ^= 1U;
    }
    CHECK(vault::grant_challenge(grant) == challenge);
}

TEST_CASE("package: it opens with its key and under its own header only") {
    vault::init();
    const auto key = vault::random_key<vault::DataKey>();
    const model::Package sealed{package, {}, vault::seal_package(key, package, base::as_bytes("zstd"))};
    const auto opened = vault::open_package(key, sealed);
    REQUIRE(opened);
    CHECK(base::as_text(opened->view()) == "zstd");

    CHECK(vault::open_package(vault::random_key<vault::DataKey>(), sealed).fault() == Fault::wrong_key);
    for (const auto& other : neighbours()) {
        CHECK(vault::open_package(key, {other, {}, sealed.sealed}).fault() == Fault::wrong_key);
    }
}

TEST_CASE("wrap: a data key comes back through each of the three ways") {
    vault::init();
    const auto data_key = vault::random_key<vault::DataKey>();
    const auto card_key = some_card_key();
    const auto window_key = vault::random_key<vault::WindowKey>();
    const auto terminal = vault::make_sealing_pair();

    const auto by_card = vault::unwrap(card_key, package, vault::wrap(card_key, package, data_key));
    const auto by_window = vault::unwrap(window_key, package, vault::wrap(window_key, package, data_key));
    const auto by_facility =
        vault::unwrap_facility(terminal, package, vault::wrap_for_terminal(terminal.seal, package, data_key));
    REQUIRE(by_card);
    REQUIRE(by_window);
    REQUIRE(by_facility);
    CHECK(base::equal(by_card->bytes.view(), data_key.bytes.view()));
    CHECK(base::equal(by_window->bytes.view(), data_key.bytes.view()));
    CHECK(base::equal(by_facility->bytes.view(), data_key.bytes.view()));
}

TEST_CASE("wrap: a wrap of one package does not open as that of another") {
    vault::init();
    const auto data_key = vault::random_key<vault::DataKey>();
    const auto card_key = some_card_key();
    const auto window_key = vault::random_key<vault::WindowKey>();
    const auto terminal = vault::make_sealing_pair();
    const auto by_card = vault::wrap(card_key, package, data_key);
    const auto by_window = vault::wrap(window_key, package, data_key);
    const auto by_facility = vault::wrap_for_terminal(terminal.seal, package, data_key);
    for (const auto& other : neighbours()) {
        CHECK(vault::unwrap(card_key, other, by_card).fault() == Fault::wrong_key);
        CHECK(vault::unwrap(window_key, other, by_window).fault() == Fault::wrong_key);
        CHECK(vault::unwrap_facility(terminal, other, by_facility).fault() == Fault::wrong_key);
    }
}

TEST_CASE("wrap: another card or window or terminal does not open it") {
    vault::init();
    const auto data_key = vault::random_key<vault::DataKey>();
    const auto window_key = vault::random_key<vault::WindowKey>();
    const auto terminal = vault::make_sealing_pair();
    CHECK(vault::unwrap(some_card_key(2), package, vault::wrap(some_card_key(1), package, data_key)).fault() ==
          Fault::wrong_key);
    CHECK(vault::unwrap(vault::random_key<vault::WindowKey>(), package, vault::wrap(window_key, package, data_key))
              .fault() == Fault::wrong_key);
    CHECK(vault::unwrap_facility(vault::make_sealing_pair(), package,
                                 vault::wrap_for_terminal(terminal.seal, package, data_key))
              .fault() == Fault::wrong_key);
}

TEST_CASE("wrap: the same 32 bytes as key of another kind open nothing") {
    vault::init();
    const auto data_key = vault::random_key<vault::DataKey>();
    const auto card_key = some_card_key();
    const vault::WindowKey same_as_window{card_key.bytes.clone()};
    const vault::DataKey same_as_data{card_key.bytes.clone()};
    const auto by_card = vault::wrap(card_key, package, data_key);
    CHECK(vault::unwrap(same_as_window, package, by_card).fault() == Fault::wrong_key);
    CHECK(vault::unwrap(card_key, package, vault::wrap(same_as_window, package, data_key)).fault() == Fault::wrong_key);
    CHECK(vault::open_package(same_as_data, {package, {}, by_card}).fault() == Fault::wrong_key);
}

TEST_CASE("wrap: what opens but is no data key is refused") {
    vault::init();
    const auto terminal = vault::make_sealing_pair();
    CHECK(vault::unwrap_facility(terminal, package, vault::seal_to(terminal.seal, base::as_bytes("short"))).fault() ==
          Fault::wrong_key);
    CHECK(vault::unwrap_facility(terminal, package, vault::seal_to(terminal.seal, Bytes(64))).fault() ==
          Fault::wrong_key);
    CHECK(vault::unwrap_facility(terminal, package, {}).fault() == Fault::wrong_key);
}

TEST_CASE("lock: a withdrawal's challenge changes with every byte of it, and is not that of a grant") {
    Bytes withdrawal(60, 0x22);
    const auto challenge = vault::withdrawal_challenge(withdrawal);
    CHECK(challenge != vault::grant_challenge(withdrawal));
    for (auto& byte : withdrawal) {
        byte ^= 1U;
        REQUIRE(vault::withdrawal_challenge(withdrawal) != challenge);
        byte ^= 1U;
    }
    CHECK(vault::withdrawal_challenge(withdrawal) == challenge);
}

TEST_CASE("emergency wrap: it opens with its epoch's key, for its package and as an emergency wrap only") {
    vault::init();
    const auto data_key = vault::random_key<vault::DataKey>();
    const auto key = vault::random_key<vault::EmergencyKey>();
    const auto sealed = vault::wrap(key, package, data_key);
    const auto opened = vault::unwrap(key, package, sealed);
    REQUIRE(opened);
    CHECK(base::equal(opened->bytes.view(), data_key.bytes.view()));

    CHECK(vault::unwrap(vault::random_key<vault::EmergencyKey>(), package, sealed).fault() == Fault::wrong_key);
    for (const auto& other : neighbours()) CHECK(vault::unwrap(key, other, sealed).fault() == Fault::wrong_key);
    const vault::CardKey same_as_card{key.bytes.clone()};
    const vault::WindowKey same_as_window{key.bytes.clone()};
    CHECK(vault::unwrap(same_as_card, package, sealed).fault() == Fault::wrong_key);
    CHECK(vault::unwrap(same_as_window, package, sealed).fault() == Fault::wrong_key);
    CHECK(vault::unwrap(key, package, vault::wrap(same_as_card, package, data_key)).fault() == Fault::wrong_key);
    CHECK(vault::unwrap(key, package, vault::wrap(same_as_window, package, data_key)).fault() == Fault::wrong_key);
}

TEST_CASE("wrap: what opens under the right key but holds no data key is refused") {
    vault::init();
    const auto key = vault::random_key<vault::EmergencyKey>();
    Bytes about;
    base::append(about, base::as_bytes("kazashi/wrap/emergency/1"));
    about.push_back(0);
    base::append(about, vault::package_header(package));
    CHECK(vault::unwrap(key, package, vault::seal(key.bytes, about, Bytes(32))));  // that is how one is made
    CHECK(vault::unwrap(key, package, vault::seal(key.bytes, about, Bytes(31))).fault() == Fault::wrong_key);
    CHECK(vault::unwrap(key, package, vault::seal(key.bytes, about, Bytes(33))).fault() == Fault::wrong_key);
}

TEST_CASE("emergency key: it reaches the terminal it was sealed for, as the key of its epoch") {
    vault::init();
    const auto terminal = vault::make_sealing_pair();
    const auto key = vault::random_key<vault::EmergencyKey>();
    const auto sealed = vault::seal_emergency_key(terminal.seal, 3, key);
    const auto opened = vault::open_emergency_key(terminal, {3, sealed});
    REQUIRE(opened);
    CHECK(base::equal(opened->bytes.view(), key.bytes.view()));

    const auto refused = [](const vault::SealingPair& by, std::int64_t epoch, const Bytes& what) {
        return vault::open_emergency_key(by, {epoch, what}).fault() == Fault::wrong_key;
    };
    CHECK(refused(terminal, 2, sealed));
    CHECK(refused(terminal, 4, sealed));
    CHECK(refused(vault::make_sealing_pair(), 3, sealed));
    CHECK(refused(terminal, 3, {}));
    CHECK(refused(terminal, 3, vault::seal_to(terminal.seal, Bytes(64))));
    // What is sealed to this terminal as something else is no emergency key, and the other way round.
    const auto data_key = vault::random_key<vault::DataKey>();
    CHECK(refused(terminal, 3, vault::wrap_for_terminal(terminal.seal, package, data_key)));
    CHECK(vault::unwrap_facility(terminal, package, sealed).fault() == Fault::wrong_key);
    // Cut and lengthened inside the box.
    auto inside = vault::open_with(terminal, sealed);
    REQUIRE(inside);
    Bytes longer{inside->view().begin(), inside->view().end()};
    longer.push_back(0);
    CHECK(refused(terminal, 3, vault::seal_to(terminal.seal, longer)));
    CHECK(refused(terminal, 3, vault::seal_to(terminal.seal, inside->view().first(63))));
}

TEST_CASE("names: a page of the name index opens with its epoch's key, as that page and version only") {
    vault::init();
    const auto key = vault::random_key<vault::EmergencyKey>();
    model::NamePage page{4, 3, 12, {}};
    page.sealed = vault::seal_names(key, page, base::as_bytes("names"));
    const auto opened = vault::open_names(key, page);
    REQUIRE(opened);
    CHECK(base::as_text(opened->view()) == "names");

    CHECK(vault::open_names(vault::random_key<vault::EmergencyKey>(), page).fault() == Fault::wrong_key);
    for (const auto& [number, epoch, version] : {std::tuple{5, 3, 12}, std::tuple{4, 2, 12}, std::tuple{4, 3, 11},
                                                 std::tuple{3, 4, 12}, std::tuple{4, 12, 3}}) {
        CHECK(vault::open_names(key, {number, epoch, version, page.sealed}).fault() == Fault::wrong_key);
    }
    // Not to be passed off as a package's or a wrap's bytes either.
    CHECK(vault::unwrap(key, package, page.sealed).fault() == Fault::wrong_key);
    CHECK(vault::open_package(vault::DataKey{key.bytes.clone()}, {package, {}, page.sealed}).fault() ==
          Fault::wrong_key);
}

TEST_CASE("holders: the index of an ID card is this region's, this card's, and no index of another kind") {
    vault::init();
    const auto region = vault::random_key<vault::IndexKey>();
    const auto other = vault::random_key<vault::IndexKey>();
    const auto index = vault::holder_index(region, id<card::Digest>(1));
    CHECK(index == vault::holder_index(region, id<card::Digest>(1)));
    CHECK(index != vault::holder_index(region, id<card::Digest>(2)));
    CHECK(index != vault::holder_index(other, id<card::Digest>(1)));
    // Not to be mistaken for that of a card whose IDm begins like this hash.
    card::Digest padded;
    const auto idm = id<card::Idm>(1);
    std::copy(idm.bytes.begin(), idm.bytes.end(), padded.bytes.begin());
    CHECK(base::to_hex(vault::holder_index(region, padded).view()) !=
          base::to_hex(vault::card_index(region, idm).view()));
}
