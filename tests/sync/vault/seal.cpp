#include "sync/vault/seal.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "tests/catch.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;

namespace {

base::ByteView text(std::string_view words) { return base::as_bytes(words); }

vault::DataKey made_key() {
    vault::init();
    return vault::random_key<vault::DataKey>();
}
struct Fixture {
    vault::DataKey key{made_key()};
};

}  // namespace

TEST_CASE("seal: what was sealed opens with the same key and the same header") {
    const Fixture has;
    const auto sealed = vault::seal(has.key.bytes, text("about"), text("plain"));
    const auto plain = vault::open(has.key.bytes, text("about"), sealed);
    REQUIRE(plain);
    CHECK(base::as_text(plain->view()) == "plain");
    CHECK(sealed.size() == 24 + 5 + 16);
}

TEST_CASE("seal: nothing sealed is nothing opened") {
    const Fixture has;
    const auto plain = vault::open(has.key.bytes, {}, vault::seal(has.key.bytes, {}, {}));
    REQUIRE(plain);
    CHECK(plain->empty());
}

TEST_CASE("seal: two seals of one text share no byte sequence") {
    const Fixture has;
    CHECK(vault::seal(has.key.bytes, text("about"), text("plain")) !=
          vault::seal(has.key.bytes, text("about"), text("plain")));
}

TEST_CASE("seal: another key does not open it") {
    const Fixture has;
    const auto sealed = vault::seal(has.key.bytes, text("about"), text("plain"));
    const auto other = vault::random_key<vault::DataKey>();
    CHECK(vault::open(other.bytes, text("about"), sealed).fault() == Fault::wrong_key);
}

TEST_CASE("seal: another header does not open it") {
    const Fixture has;
    const auto sealed = vault::seal(has.key.bytes, text("about"), text("plain"));
    CHECK(vault::open(has.key.bytes, text("abouT"), sealed).fault() == Fault::wrong_key);
    CHECK(vault::open(has.key.bytes, {}, sealed).fault() == Fault::wrong_key);
}

TEST_CASE("seal: a changed bit anywhere and every cut are noticed") {
    const Fixture has;
    const auto sealed = vault::seal(has.key.bytes, text("about"), text("plain"));
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto changed = sealed;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        REQUIRE(!vault::open(has.key.bytes, text("about"), changed));
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        REQUIRE(!vault::open(has.key.bytes, text("about"), base::ByteView{sealed}.first(size)));
    }
}

TEST_CASE("seal: a sealed box opens only for whom it was sealed") {
    vault::init();
    const auto own = vault::make_sealing_pair();
    const auto other = vault::make_sealing_pair();
    auto sealed = vault::seal_to(own.seal, text("body"));
    const auto plain = vault::open_with(own, sealed);
    REQUIRE(plain);
    CHECK(base::as_text(plain->view()) == "body");
    CHECK(vault::open_with(other, sealed).fault() == Fault::wrong_key);
    sealed.back() ^= 1U;
    CHECK(vault::open_with(own, sealed).fault() == Fault::wrong_key);
    CHECK(vault::open_with(own, base::ByteView{sealed}.first(47)).fault() == Fault::wrong_key);
}

TEST_CASE("sign: a signature holds for its key and its label and its bytes only") {
    vault::init();
    const auto key = vault::make_signing_pair();
    const auto other = vault::make_signing_pair();
    auto signature = vault::sign(key, "kazashi/page/1", text("page"));
    CHECK(vault::verify(key.verify, "kazashi/page/1", text("page"), signature));
    CHECK(!vault::verify(other.verify, "kazashi/page/1", text("page"), signature));
    CHECK(!vault::verify(key.verify, "kazashi/time/1", text("page"), signature));
    CHECK(!vault::verify(key.verify, "kazashi/page/1", text("pagE"), signature));
    for (std::size_t i = 0; i < signature.bytes.size(); ++i) {
        auto changed = signature;
        changed.bytes[i] ^= 0x40U;
        REQUIRE(!vault::verify(key.verify, "kazashi/page/1", text("page"), changed));
    }
}

TEST_CASE("sign: a label does not run into the bytes") {
    CHECK(vault::hash("ab", text("c")) != vault::hash("a", text("bc")));
    CHECK(vault::hash("ab", {}) != vault::hash("", text("ab")));
    CHECK(vault::hash("ab", text("c")) == vault::hash("ab", text("c")));
}

TEST_CASE("keys: a pair made again from its stored secret is the same pair") {
    vault::init();
    const auto signing = vault::make_signing_pair();
    const auto signing_again = vault::signing_pair(signing.secret.clone());
    CHECK(signing_again.verify == signing.verify);
    CHECK(vault::verify(signing.verify, "x", text("y"), vault::sign(signing_again, "x", text("y"))));

    const auto sealing = vault::make_sealing_pair();
    const auto sealing_again = vault::sealing_pair(sealing.secret.clone());
    CHECK(sealing_again.seal == sealing.seal);
    CHECK(vault::open_with(sealing_again, vault::seal_to(sealing.seal, text("z"))));
}

namespace {

template <class K>
bool two_differ() {
    return !base::equal(vault::random_key<K>().bytes.view(), vault::random_key<K>().bytes.view());
}

}  // namespace

TEST_CASE("keys: random keys of every kind differ") {
    vault::init();
    CHECK(two_differ<vault::DataKey>());
    CHECK(two_differ<vault::CardKey>());
    CHECK(two_differ<vault::WindowKey>());
    CHECK(two_differ<vault::StoreKey>());
    CHECK(two_differ<vault::SlotKey>());
    CHECK(two_differ<vault::EmergencyKey>());
    CHECK(two_differ<vault::IndexKey>());
}

TEST_CASE("seal: a key that gives everybody the same secret is seen, and never sealed to") {
    vault::init();
    CHECK(vault::can_seal_to(vault::make_sealing_pair().seal));
    model::SealKey zero;
    model::SealKey one;
    one.bytes[0] = 1;
    // RFC 7748, the point of order 8: libsodium's list holds it as well.
    const auto eight = base::from_hex("E0EB7A7C3B41B8AE1656E3FAF19FC46ADA098DEB9C32B1FD866205165F49B800");
    model::SealKey order_eight;
    std::copy(eight->begin(), eight->end(), order_eight.bytes.begin());
    for (const auto& key : {zero, one, order_eight}) {
        CHECK_FALSE(vault::can_seal_to(key));
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGABRT, SIG_DFL);
            const rlimit none{0, 0};
            ::setrlimit(RLIMIT_CORE, &none);
            ::close(STDERR_FILENO);
            vault::seal_to(key, text("x"));
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        CHECK(WIFSIGNALED(status));
    }
}
