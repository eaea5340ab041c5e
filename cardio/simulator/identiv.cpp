// Identiv's F readers: FeliCa commands one by one, as FF 40 … FF 4A; the reader adds the IDm of the card it has found,
// and the answer begins with it. No raw frames. In which order a service code is written is not in their manuals, so
// both kinds are played; the one with the high octet first does not know FF 40, the polling. Source: reference
// felica.md §3.7, and for FF 40 the maker's manuals (protocol/identiv.h).
#include "cardio/simulator/reader_model.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::size_t idm_at = 2;

class Identiv final : public ReaderModel {
public:
    explicit Identiv(IdentivOrder order) : order_{order} {}

    base::Bytes answer(const protocol::CommandApdu& apdu, Field& field) override {
        if (apdu.ins == 0xCA) return apdu.p1 == 0x00 ? uid_answer(field) : status(word::not_supported);
        if (!field.felica()) return status(word::not_supported);
        switch (apdu.ins) {
            case 0x40:
                return order_ == IdentivOrder::low_first ? poll(apdu, field) : status(word::unknown_instruction);
            case 0x42:
                return request_service(apdu, field);
            case 0x44:
                return say(field, 0x04, {});
            case 0x46:
                return access(apdu, field, protocol::code::read, 0);
            case 0x48:
                return access(apdu, field, protocol::code::write, protocol::block_size);
            case 0x4A:
                return say(field, 0x0C, {});
            default:
                return status(word::unknown_instruction);
        }
    }

private:
    static base::Bytes say(Field& field, std::uint8_t code, base::ByteView body) {
        base::Bytes frame{0x00, code};
        base::append(frame, field.felica()->idm().view());
        base::append(frame, body);
        frame[0] = static_cast<std::uint8_t>(frame.size());
        const auto said = field.exchange(frame);
        if (!said || said->size() < idm_at) return status(word::no_answer);
        return success(base::ByteView{*said}.subspan(idm_at));
    }
    // System code, request code and time slots; of the answer its length and code are left out.
    static base::Bytes poll(const protocol::CommandApdu& apdu, Field& field) {
        constexpr std::size_t size = 4;
        if (apdu.data.size() != size) return status(word::wrong_length);
        base::Bytes frame{idm_at + size, protocol::code::polling};
        base::append(frame, apdu.data);
        const auto said = field.exchange(frame);
        if (!said || said->size() < idm_at) return status(word::no_answer);
        return success(base::ByteView{*said}.subspan(idm_at));
    }
    void append_services(base::Bytes& to, base::ByteView list) const {
        for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
            const bool as_on_air = order_ == IdentivOrder::low_first;
            to.push_back(list[as_on_air ? i : i + 1]);
            to.push_back(list[as_on_air ? i + 1 : i]);
        }
    }
    base::Bytes request_service(const protocol::CommandApdu& apdu, Field& field) const {
        if (apdu.data.size() != std::size_t{2} * apdu.p1) return status(word::wrong_length);
        base::Bytes body{apdu.p1};
        append_services(body, apdu.data);
        return say(field, 0x02, body);
    }
    // P1 services and P2 blocks, elements of two octets, then the data of a write.
    base::Bytes access(const protocol::CommandApdu& apdu, Field& field, std::uint8_t code, std::size_t data) const {
        const std::size_t services = std::size_t{2} * apdu.p1;
        const std::size_t elements = std::size_t{2} * apdu.p2;
        if (apdu.data.size() != services + elements + data * apdu.p2) return status(word::wrong_length);
        const base::ByteView given{apdu.data};
        base::Bytes body{apdu.p1};
        append_services(body, given.first(services));
        body.push_back(apdu.p2);
        base::append(body, given.subspan(services));
        if (body.size() + idm_at + card::Idm::size > protocol::max_frame) return status(word::wrong_length);
        return say(field, code, body);
    }

    IdentivOrder order_;
};

}  // namespace

std::unique_ptr<ReaderModel> make_identiv(IdentivOrder order) { return std::make_unique<Identiv>(order); }

}  // namespace kazashi::simulator
