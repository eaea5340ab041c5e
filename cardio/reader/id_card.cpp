#include "cardio/reader/id_card.h"

#include <algorithm>
#include <utility>

#include "cardio/protocol/certificate.h"
#include "cardio/protocol/hpki.h"
#include "cardio/protocol/iso7816.h"
#include "cardio/protocol/jpki.h"
#include "cardio/reader/bounded_link.h"
#include "cardio/reader/id_card_files.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Bytes;
using base::Error;
using base::Fault;
using base::Result;
using card::IdCardKind;
using protocol::Occurrence;
using protocol::ResponseApdu;
namespace hpki = protocol::hpki;
namespace jpki = protocol::jpki;

// What the card said is no reason to give up looking; what the link said is.
bool card_said_no(Fault fault) {
    return fault == Fault::not_found || fault == Fault::unsupported || fault == Fault::denied ||
           fault == Fault::card_refused || fault == Fault::malformed;
}

// True when there is such an application and it is selected now.
Result<bool> select_jpki(ApduLink& link) {
    const auto answer = transact(link, protocol::select_application(jpki::application, Occurrence::first, false));
    if (answer) return answer->sw == protocol::sw::ok;
    return card_said_no(answer.fault()) ? Result<bool>{false} : answer.error();
}

Result<std::optional<int>> tries_left(ApduLink& link, IdCardKind kind, std::uint8_t reference) {
    KAZASHI_TRY(const auto answer, transact(link, protocol::ask_pin_tries(reference)));
    const auto told = protocol::pin_answer(kind, answer.sw);
    return told ? told->tries_left : std::nullopt;
}

// ---- HPKI

struct HpkiApplication {
    hpki::Layout layout;
    Bytes certificate;
};
struct HpkiCard {
    std::optional<HpkiApplication> for_persons;  // selected; none: the card has a key for documents only
};

template <class T>
Result<std::vector<T>> read_lists(ApduLink& link, const std::vector<hpki::FileRef>& files,
                                  std::optional<std::vector<T>> (*read)(base::ByteView)) {
    std::vector<T> all;
    for (const auto& file : files) {
        KAZASHI_TRY(const auto bytes, read_directory_file(link, file));
        auto list = read(bytes);
        if (!list) return Error{Fault::malformed, "a directory of the card"};
        std::move(list->begin(), list->end(), std::back_inserter(all));
    }
    return all;
}

// Of the selected application: where its directory leads.
Result<hpki::Layout> follow_directory(ApduLink& link) {
    KAZASHI_TRY(const auto bytes, read_directory_file(link, hpki::object_directory));
    const auto directory = hpki::read_object_directory(bytes);
    if (!directory) return Error{Fault::malformed, "the card's object directory"};
    KAZASHI_TRY(const auto pins, read_lists(link, directory->pins, hpki::read_pins));
    KAZASHI_TRY(const auto keys, read_lists(link, directory->keys, hpki::read_keys));
    KAZASHI_TRY(const auto certificates, read_lists(link, directory->certificates, hpki::read_certificates));
    const auto layout = hpki::find_layout(pins, keys, certificates);
    if (!layout) return Error{Fault::malformed, "a directory without key, PIN and certificate"};
    return *layout;
}

Result<hpki::Layout> layout_of(ApduLink& link, base::ByteView name) {
    auto followed = follow_directory(link);
    if (followed || !card_said_no(followed.fault())) return followed;
    const auto known = hpki::known_layout(name);
    return known ? Result<hpki::Layout>{*known} : followed.error();
}

// nullopt: no card of a healthcare profession. Other cards share the provider's number, so what counts is a directory
// and a holder's certificate.
Result<std::optional<HpkiCard>> find_hpki(ApduLink& link) {
    std::optional<HpkiCard> card;
    Bytes before;
    for (std::size_t i = 0; i < hpki::most_applications; ++i) {
        const auto occurrence = i == 0 ? Occurrence::first : Occurrence::next;
        const auto selected = ask(link, protocol::select_application(hpki::provider, occurrence, true));
        if (!selected && card_said_no(selected.fault())) break;
        if (!selected) return selected.error();
        auto name = protocol::df_name(*selected).value_or(Bytes{});
        if (i > 0 && name == before) break;  // a card that knows no "next" begins again
        before = std::move(name);
        auto layout = layout_of(link, before);
        if (!layout && card_said_no(layout.fault())) continue;
        if (!layout) return layout.error();
        auto certificate = read_certificate_file(link, layout->certificate);
        if (!certificate && card_said_no(certificate.fault())) continue;
        if (!certificate) return certificate.error();
        const auto holder = protocol::parse_certificate(*certificate);
        if (!holder || holder->authority) continue;
        card.emplace();
        if (!holder->signs_documents) {
            card->for_persons = HpkiApplication{*layout, std::move(*certificate)};
            return card;
        }
    }
    return card;
}

base::Status select_hpki_pin(ApduLink& link, const hpki::Layout& layout) {
    if (!layout.pin_file) return base::ok();
    KAZASHI_TRY([[maybe_unused]] const auto selected, ask(link, protocol::select_file(*layout.pin_file)));
    return base::ok();
}

Result<std::optional<IdCard>> look_for_hpki(ApduLink& link) {
    KAZASHI_TRY(const auto card, find_hpki(link));
    if (!card) return std::optional<IdCard>{};
    if (!card->for_persons) return std::optional{IdCard{IdCardKind::hpki, {}}};
    const auto& layout = card->for_persons->layout;
    KAZASHI_CHECK(select_hpki_pin(link, layout));
    KAZASHI_TRY(const auto tries, tries_left(link, IdCardKind::hpki, layout.pin_reference));
    return std::optional{IdCard{IdCardKind::hpki, tries}};
}

// ---- signing

// The one VERIFY. nullopt: accepted.
Result<std::optional<PinRefused>> try_pin(ApduLink& link, IdCardKind kind, std::uint8_t reference,
                                          const base::SecretBytes& pin) {
    const auto command = protocol::verify_pin(reference, pin);
    KAZASHI_TRY(const auto bytes, link.transmit(command.view()));
    KAZASHI_TRY(const auto answer, protocol::decode_response(bytes));
    const auto told = protocol::pin_answer(kind, answer.sw);
    if (!told) return protocol::card_fault(answer.sw).value_or(Error{Fault::card_refused, "VERIFY"});
    if (told->state == protocol::PinState::accepted) return std::optional<PinRefused>{};
    return std::optional{PinRefused{told->tries_left}};
}

Result<ResponseApdu> sign_in_parts(ApduLink& link, const std::vector<Bytes>& commands) {
    ResponseApdu answer;
    for (const auto& command : commands) {
        KAZASHI_TRY(answer, transact(link, command));
        if (answer.sw != protocol::sw::ok) break;
    }
    return answer;
}

Result<IdAnswer> signature_of(Result<ResponseApdu> answer, Bytes certificate, std::size_t size) {
    if (!answer) return answer.error();
    if (auto fault = protocol::card_fault(answer->sw)) return *fault;
    if (answer->data.size() != size) return Error{Fault::malformed, "a signature's size"};
    return IdAnswer{IdSignature{std::move(certificate), std::move(answer->data)}};
}

Result<IdAnswer> sign_with_jpki(ApduLink& link, const base::SecretBytes& pin, const card::Digest& digest) {
    if (pin.size() != jpki::pin_digits) return Error{Fault::malformed, "not four digits"};
    KAZASHI_TRY(const bool selected, select_jpki(link));
    if (!selected) return Error{Fault::not_found, "no JPKI application"};
    KAZASHI_TRY(auto certificate, read_certificate_file(link, {0, jpki::certificate_file}));
    KAZASHI_TRY(const auto holder, protocol::parse_certificate(certificate));
    KAZASHI_TRY([[maybe_unused]] const auto pin_there, ask(link, protocol::select_file(jpki::pin_file)));
    KAZASHI_TRY(const auto refused, try_pin(link, IdCardKind::my_number, jpki::pin_reference, pin));
    if (refused) return IdAnswer{*refused};
    KAZASHI_TRY([[maybe_unused]] const auto key_there, ask(link, protocol::select_file(jpki::key_file)));
    const auto commands = protocol::sign_chained(jpki::sign_p1, jpki::sign_p2, protocol::digest_info(digest.view()));
    return signature_of(sign_in_parts(link, commands), std::move(certificate), holder.signature_size);
}

// Issuers name the key by its file, or as a key.
base::Status choose_key(ApduLink& link, std::uint16_t key) {
    const auto as_file = ask(link, protocol::choose_signing_key(protocol::KeyTag::file, key));
    if (as_file) return base::ok();
    if (!card_said_no(as_file.fault())) return as_file.error();
    KAZASHI_TRY([[maybe_unused]] const auto as_key,
                ask(link, protocol::choose_signing_key(protocol::KeyTag::key, key)));
    return base::ok();
}

Result<IdAnswer> sign_with_hpki(ApduLink& link, const base::SecretBytes& pin, const card::Digest& digest) {
    if (pin.size() < hpki::least_pin || pin.size() > hpki::longest_pin)
        return Error{Fault::malformed, "a PIN's length"};
    KAZASHI_TRY(auto card, find_hpki(link));
    if (!card) return Error{Fault::not_found, "no HPKI application"};
    if (!card->for_persons) return Error{Fault::unsupported, "its key signs documents alone"};
    auto& [layout, certificate] = *card->for_persons;
    KAZASHI_TRY(const auto holder, protocol::parse_certificate(certificate));
    KAZASHI_CHECK(select_hpki_pin(link, layout));
    KAZASHI_TRY(const auto refused, try_pin(link, IdCardKind::hpki, layout.pin_reference, pin));
    if (refused) return IdAnswer{*refused};
    KAZASHI_CHECK(choose_key(link, layout.key));
    const auto input = protocol::padded_digest_info(digest.view(), holder.signature_size);
    auto answer = sign_in_parts(link, protocol::sign_chained(hpki::sign_p1, hpki::sign_p2, input));
    if (answer && protocol::no_chaining(answer->sw)) {
        KAZASHI_CHECK(choose_key(link, layout.key));
        answer = sign_in_parts(link, {protocol::sign_extended(hpki::sign_p1, hpki::sign_p2, input)});
    }
    return signature_of(std::move(answer), std::move(certificate), holder.signature_size);
}

}  // namespace

Result<std::optional<IdCard>> find_id_card(ApduLink& endless) {
    BoundedLink link{endless, tuning::id_card_exchanges};
    KAZASHI_TRY(const bool is_jpki, select_jpki(link));
    if (!is_jpki) return look_for_hpki(link);
    // Without its PIN file the card is still that card; it only does not say how often one may try.
    const auto pin_there = ask(link, protocol::select_file(jpki::pin_file));
    if (!pin_there && !card_said_no(pin_there.fault())) return pin_there.error();
    if (!pin_there) return std::optional{IdCard{IdCardKind::my_number, {}}};
    KAZASHI_TRY(const auto tries, tries_left(link, IdCardKind::my_number, jpki::pin_reference));
    return std::optional{IdCard{IdCardKind::my_number, tries}};
}

Result<IdAnswer> sign_with_id_card(ApduLink& endless, IdCardKind kind, const base::SecretBytes& pin,
                                   const card::Digest& digest) {
    BoundedLink link{endless, tuning::id_card_exchanges};
    switch (kind) {
        case IdCardKind::my_number:
            return sign_with_jpki(link, pin, digest);
        case IdCardKind::hpki:
            return sign_with_hpki(link, pin, digest);
    }
    return Error{Fault::unsupported, "an ID card of another kind"};
}

}  // namespace kazashi::reader
