#include "cardio/reader/id_card_files.h"

#include "cardio/protocol/der.h"
#include "cardio/protocol/iso7816.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Bytes;
using base::Error;
using base::Fault;
using base::Result;
using protocol::ResponseApdu;
using protocol::hpki::FileRef;

constexpr std::uint16_t more_to_come = 0x61;
constexpr std::uint16_t other_length = 0x6C;

Result<ResponseApdu> send(ApduLink& link, base::ByteView command) {
    KAZASHI_TRY(const auto answer, link.transmit(command));
    return protocol::decode_response(answer);
}

bool at_the_end(std::uint16_t status) { return status == 0x6B00 || status == 0x6282; }

// The beginning of a file; it is the selected one then.
Result<Bytes> read_first(ApduLink& link, const FileRef& file) {
    if (file.short_id != 0) return ask(link, protocol::read_short_file(file.short_id));
    KAZASHI_TRY([[maybe_unused]] const auto selected, ask(link, protocol::select_file(file.id)));
    return ask(link, protocol::read_binary(0));
}

// What comes behind `offset`; nothing at the end of the file.
Result<Bytes> read_on(ApduLink& link, std::size_t offset) {
    KAZASHI_TRY(auto answer, transact(link, protocol::read_binary(offset)));
    if (at_the_end(answer.sw)) return std::move(answer.data);
    if (auto fault = protocol::card_fault(answer.sw)) return *fault;
    return std::move(answer.data);
}

// On from what was read first, until there are `wanted` octets or the file ends, as it does with a piece of next to
// nothing: read octet by octet it would take all day.
Result<Bytes> read_until(ApduLink& link, Bytes bytes, std::size_t wanted) {
    while (bytes.size() < wanted) {
        KAZASHI_TRY(const auto more, read_on(link, bytes.size()));
        base::append(bytes, more);
        if (more.size() < tuning::least_piece) break;
    }
    if (bytes.size() > wanted) bytes.resize(wanted);
    return bytes;
}

}  // namespace

Result<ResponseApdu> transact(ApduLink& link, Bytes command) {
    KAZASHI_TRY(auto answer, send(link, command));
    if (answer.sw >> 8U == other_length) {
        command.back() = static_cast<std::uint8_t>(answer.sw & 0xFFU);
        KAZASHI_TRY(answer, send(link, command));
    }
    while (answer.sw >> 8U == more_to_come) {
        KAZASHI_TRY(const auto more, send(link, protocol::fetch_rest(static_cast<std::uint8_t>(answer.sw & 0xFFU))));
        if (more.data.size() < tuning::least_piece && more.sw >> 8U == more_to_come)
            return Error{Fault::malformed, "an answer without end"};
        base::append(answer.data, more.data);
        answer.sw = more.sw;
        if (answer.data.size() > protocol::most_file) return Error{Fault::limit, "a long answer"};
    }
    return answer;
}

Result<Bytes> ask(ApduLink& link, Bytes command) {
    KAZASHI_TRY(auto answer, transact(link, std::move(command)));
    if (auto fault = protocol::card_fault(answer.sw)) return *fault;
    return std::move(answer.data);
}

Result<Bytes> read_certificate_file(ApduLink& link, const FileRef& file) {
    KAZASHI_TRY(auto first, read_first(link, file));
    const auto size = protocol::der_size(first);
    if (!size || *size > protocol::most_file) return Error{Fault::malformed, "a certificate's size"};
    KAZASHI_TRY(auto bytes, read_until(link, std::move(first), *size));
    if (bytes.size() != *size) return Error{Fault::malformed, "a certificate that ends early"};
    return bytes;
}

Result<Bytes> read_directory_file(ApduLink& link, const FileRef& file) {
    constexpr std::size_t most_directory = 4 * 1024;
    constexpr std::size_t whole_answer = 256;
    KAZASHI_TRY(auto first, read_first(link, file));
    if (first.size() < whole_answer) return first;
    return read_until(link, std::move(first), most_directory);
}

}  // namespace kazashi::reader
