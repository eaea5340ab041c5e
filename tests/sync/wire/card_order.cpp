#include "sync/wire/card_order.h"

#include "sync/wire/tuning.h"

#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::wire;

namespace {

CardOrderStep begin() {
    vault::init();
    CardOrderStep step;
    step.begin = {CardPurpose::reissue,
                  card::CardKind::patient,
                  "0000000001",
                  true,
                  card::Idm{{1, 2, 3, 4, 5, 6, 7, 8}},
                  vault::make_sealing_pair().seal};
    return step;
}

CardOrderStep answered() {
    CardOrderStep step;
    step.order = OrderId{{9, 9}};
    step.answers = {{12, 9, 1}, Bytes(255, 7), {}};
    return step;
}

}  // namespace

TEST_CASE("card order: what is sent comes out") {
    for (const auto& step : {begin(), answered()}) {
        const auto read = decode_card_order_step(encode(step));
        REQUIRE(static_cast<bool>(read));
        CHECK(*read == step);
    }
    CardOrderAnswer answer{OrderId{{1}},     Bytes(300, 1),   3, 6, CardOutcome::running, "card_away",
                           card::Block{{1}}, card::Block{{2}}, CardHolder{card::CardKind::staff, "0000000071"}};
    for (int both = 0; both < 2; ++both) {
        const auto read = decode_card_order_answer(encode(answer));
        REQUIRE(static_cast<bool>(read));
        CHECK(*read == answer);
        answer.mc_now.reset();
        answer.mc_next.reset();
        answer.whose.reset();
    }
}

TEST_CASE("card order: a step begins or goes on, never both or neither") {
    auto both = begin();
    both.order = OrderId{{1}};
    CHECK(decode_card_order_step(encode(both)).fault() == base::Fault::malformed);
    CHECK(decode_card_order_step(encode(CardOrderStep{})).fault() == base::Fault::malformed);
}

TEST_CASE("card order: nobody makes the region seal to a key that opens for everybody") {
    auto step = begin();
    step.begin->seal = model::SealKey{};
    CHECK(decode_card_order_step(encode(step)).fault() == base::Fault::malformed);
}

TEST_CASE("card order: more answers, or longer ones, than a turn has are refused") {
    auto step = answered();
    step.answers.assign(tuning::card_frames + 1, Bytes{1});
    CHECK(decode_card_order_step(encode(step)).fault() == base::Fault::limit);
    step.answers.assign(1, Bytes(tuning::card_frame_bytes + 1, 1));
    CHECK(decode_card_order_step(encode(step)).fault() == base::Fault::malformed);
    CHECK(decode_card_order_step(Bytes(tuning::card_order_bytes + 1, 0)).fault() == base::Fault::limit);
}

TEST_CASE("card order: frames are opened by their order's key, whole and in order") {
    vault::init();
    const auto own = vault::make_sealing_pair();
    std::vector<base::SecretBytes> frames;
    frames.emplace_back(Bytes{4, 8, 1, 2});
    frames.emplace_back(Bytes{2, 6});
    const auto sealed = seal_frames(own.seal, frames);
    const auto opened = open_frames(own, sealed);
    REQUIRE(static_cast<bool>(opened));
    REQUIRE(opened->size() == 2);
    CHECK(base::equal((*opened)[0].view(), frames[0].view()));
    CHECK(base::equal((*opened)[1].view(), frames[1].view()));
    CHECK(open_frames(vault::make_sealing_pair(), sealed).fault() == base::Fault::wrong_key);

    for (const auto& bytes : {Bytes{3, 8}, Bytes{0}, Bytes{1}, Bytes{4, 8, 1, 2, 9}}) {
        std::vector<base::SecretBytes> wrong;
        wrong.emplace_back(bytes);
        CHECK(open_frames(own, seal_frames(own.seal, wrong)).fault() == base::Fault::malformed);
    }
    std::vector<base::SecretBytes> many;
    for (std::size_t i = 0; i <= tuning::card_frames; ++i) many.emplace_back(Bytes{2, 6});
    CHECK(open_frames(own, seal_frames(own.seal, many)).fault() == base::Fault::limit);
}
