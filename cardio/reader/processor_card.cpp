#include "cardio/reader/processor_card.h"

#include "cardio/reader/ask.h"

namespace kazashi::reader {

base::Result<ProcessorCard> look_at_processor_card(ApduLink& link) {
    const auto id_card = find_id_card(link);
    // Whatever plays such games is no ID card.
    if (!id_card && id_card.fault() == base::Fault::limit) return ProcessorCard{card::ForeignCard::processor};
    if (!id_card) return id_card.error();
    if (*id_card) return ProcessorCard{**id_card};
    KAZASHI_TRY(const auto answer, ask(link, protocol::select_payment_directory()));
    return ProcessorCard{protocol::selected(answer.sw) ? card::ForeignCard::bank : card::ForeignCard::processor};
}

}  // namespace kazashi::reader
