// What a card's thirteen pads can hold: the facts inside, and the whole capsule as read from a card.
#include <algorithm>
#include <cassert>
#include <cstdint>

#include "sync/vault/capsule.h"
#include "sync/wire/capsule.h"

namespace {

using namespace kazashi;

void facts(base::ByteView bytes) {
    const auto capsule = wire::unpack_capsule(bytes);
    if (!capsule) return;
    auto fitted = wire::fit(*capsule);
    assert(wire::fit(fitted) == fitted);
    // A card written before that was thought of may say "none" beside a drug that must not be given. Nothing else
    // changes.
    const bool none = capsule->allergy_knowledge == model::AllergyKnowledge::none_confirmed;
    const bool some = !capsule->allergies.empty() || capsule->allergies_left_out > 0;
    if (none && some) fitted.allergy_knowledge = capsule->allergy_knowledge;
    assert(fitted == *capsule);
    assert(base::equal(wire::pack_capsule(*capsule), bytes));  // one spelling
}

void pads(base::ByteView bytes) {
    vault::CapsulePads pads{};
    for (std::size_t i = 0; i < bytes.size() && i < pads.size() * 16; ++i) pads[i / 16].bytes[i % 16] = bytes[i];
    const auto header = vault::capsule_header(pads);
    assert(!header || (header->epoch > 0 && header->serial > 0));
    // Nobody's key verifies what nobody signed.
    assert(!vault::verify_capsule(model::VerifyKey{}, card::Idm{}, pads));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool ready = (vault::init(), true);
    static_cast<void>(ready);
    facts({data, size});
    pads({data, size});
    return 0;
}
