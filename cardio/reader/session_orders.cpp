// The deeds of the session thread: each asks the card and makes an event of the answer.
#include <utility>

#include "cardio/reader/session_thread.h"

namespace kazashi::reader {

SessionThread::Outcome SessionThread::prove(const ProveOrder& order) {
    auto proofs = now_->card->prove(order.challenges);
    if (!proofs) return proofs.error();
    return card::Proved{now_->number, std::move(*proofs)};
}

SessionThread::Outcome SessionThread::read_pads() {
    auto pads = now_->card->read_pads();
    if (!pads) return pads.error();
    return card::PadsRead{now_->number, std::move(*pads)};
}

SessionThread::Outcome SessionThread::relay(const RelayOrder& order) {
    auto relayed = now_->card->relay(order.frames);
    if (!relayed) return relayed.error();
    // Nothing answered at all: as with every other order, the card is said to be torn.
    if (relayed->stopped && relayed->answers.empty()) return *relayed->stopped;
    return card::Relayed{now_->number, std::move(relayed->answers)};
}

SessionThread::Outcome SessionThread::sign(const SignOrder& order) {
    if (!now_->id_card) return base::Error{base::Fault::unsupported, "this card signs nothing"};
    auto answer = now_->card->sign(*now_->id_card, order.pin, order.digest);
    if (!answer) return answer.error();
    if (const auto* const refused = std::get_if<PinRefused>(&*answer))
        return card::IdCardPinRefused{now_->number, refused->tries_left};
    auto& signature = std::get<IdSignature>(*answer);
    return card::IdCardSigned{now_->number, std::move(signature.certificate), std::move(signature.signature)};
}

}  // namespace kazashi::reader
