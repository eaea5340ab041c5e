#include "sync/fhir/json.h"

#include <simdjson.h>

#include <charconv>
#include <cstring>

#include "cardio/base/secret.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {

namespace od = simdjson::ondemand;

// The padded copy of the text and the parser, whose buffer holds the unescaped strings.
struct Json::Parsed {
    base::SecretBytes text;
    od::parser parser;
};

// Walks the document once, every token checked, and writes the tree down.
struct TreeBuilder {
    std::vector<Json::Item>& items;
    od::document& document;

    using Kind = Node::Kind;

    std::uint32_t add(Kind kind, std::string_view name, std::string_view text) {
        items.push_back({.kind = kind, .name = name, .text = text});
        return static_cast<std::uint32_t>(items.size() - 1);
    }

    simdjson::error_code number(od::value value, std::string_view name, std::uint32_t& made) {
        // Read for its grammar only: what is kept is the text.
        double ignored{};
        std::string_view written = value.raw_json_token();
        if (auto error = value.get_double().get(ignored)) return error;
        while (!written.empty() && static_cast<unsigned char>(written.back()) <= ' ') written.remove_suffix(1);
        made = add(Kind::number, name, written);
        return simdjson::SUCCESS;
    }

    simdjson::error_code string(od::value value, std::string_view name, std::uint32_t& made) {
        std::string_view text;
        if (auto error = value.get_string().get(text)) return error;
        made = add(Kind::string, name, text);
        return simdjson::SUCCESS;
    }

    simdjson::error_code boolean(od::value value, std::string_view name, std::uint32_t& made) {
        bool truth{};
        if (auto error = value.get_bool().get(truth)) return error;
        made = add(Kind::boolean, name, truth ? "true" : "false");
        return simdjson::SUCCESS;
    }

    simdjson::error_code null(od::value value, std::string_view name, std::uint32_t& made) {
        bool really{};
        if (auto error = value.is_null().get(really)) return error;
        if (!really) return simdjson::N_ATOM_ERROR;
        made = add(Kind::null, name, {});
        return simdjson::SUCCESS;
    }

    simdjson::error_code array(od::array list, std::uint32_t self, std::size_t depth) {
        std::uint32_t last = Json::none;
        for (auto item : list) {
            od::value value;
            if (auto error = std::move(item).get(value)) return error;
            if (auto error = child(value, {}, self, last, depth)) return error;
        }
        return simdjson::SUCCESS;
    }

    simdjson::error_code object(od::object members, std::uint32_t self, std::size_t depth) {
        std::uint32_t last = Json::none;
        for (auto member : members) {
            od::field field;
            if (auto error = std::move(member).get(field)) return error;
            std::string_view name;
            if (auto error = field.unescaped_key().get(name)) return error;
            if (auto error = child(field.value(), name, self, last, depth)) return error;
        }
        return simdjson::SUCCESS;
    }

    simdjson::error_code child(od::value value, std::string_view name, std::uint32_t self, std::uint32_t& last,
                               std::size_t depth) {
        std::uint32_t made = Json::none;
        if (auto error = any(value, name, made, depth + 1)) return error;
        (last == Json::none ? items[self].first : items[last].next) = made;
        last = made;
        return simdjson::SUCCESS;
    }

    simdjson::error_code any(od::value value, std::string_view name, std::uint32_t& made, std::size_t depth) {
        if (depth > depth_limit) return simdjson::DEPTH_ERROR;
        od::json_type type{};
        if (auto error = value.type().get(type)) return error;
        switch (type) {
            case od::json_type::object: {
                const char* begin = value.raw_json_token().data();
                od::object members;
                if (auto error = value.get_object().get(members)) return error;
                made = add(Kind::object, name, {});
                if (auto error = object(members, made, depth)) return error;
                items[made].text = slice(begin);
                return simdjson::SUCCESS;
            }
            case od::json_type::array: {
                od::array list;
                if (auto error = value.get_array().get(list)) return error;
                made = add(Kind::array, name, {});
                return array(list, made, depth);
            }
            case od::json_type::number:
                return number(value, name, made);
            case od::json_type::string:
                return string(value, name, made);
            case od::json_type::boolean:
                return boolean(value, name, made);
            case od::json_type::null:
                return null(value, name, made);
            default:
                return simdjson::INCORRECT_TYPE;  // newer simdjson: a token that begins no value
        }
    }

    // FHIR texts are objects; anything else at the top is refused here.
    simdjson::error_code root() {
        const char* begin{};
        if (auto error = document.current_location().get(begin)) return error;
        od::object members;
        if (auto error = document.get_object().get(members)) return error;
        const auto made = add(Kind::object, {}, {});
        if (auto error = object(members, made, 0)) return error;
        if (const char* more{}; !document.current_location().get(more)) return simdjson::TAPE_ERROR;
        items[made].text = slice(begin);
        return simdjson::SUCCESS;
    }

    // From an opening brace to just behind its closing one: the next token's place, minus what stands between.
    std::string_view slice(const char* begin) {
        const char* next{};
        if (document.current_location().get(next)) next = end;
        while (next > begin && next[-1] != '}') --next;
        return {begin, static_cast<std::size_t>(next - begin)};
    }

    const char* end{};
};

Json::Json() : parsed_{std::make_unique<Parsed>()} {}
Json::~Json() = default;

base::Result<std::unique_ptr<Json>> Json::parse(std::string_view text) {
    using base::Error, base::Fault;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    if (text.size() > inspect_limit) return Error{Fault::limit, "JSON text too long"};
    std::unique_ptr<Json> json{new Json};
    auto& padded = json->parsed_->text;
    padded = base::SecretBytes{text.size() + simdjson::SIMDJSON_PADDING};
    if (!text.empty()) std::memcpy(padded.data(), text.data(), text.size());
    const char* begin = reinterpret_cast<const char*>(padded.data());

    od::document document;
    auto error = json->parsed_->parser.iterate(begin, text.size(), padded.size()).get(document);
    if (!error) {
        json->items_.reserve(text.size() / 24 + 8);
        json->items_.push_back({});
        TreeBuilder builder{json->items_, document, begin + text.size()};
        error = builder.root();
    }
    if (error == simdjson::DEPTH_ERROR) return Error{Fault::limit, "JSON nested too deep"};
    if (error) return Error{Fault::malformed, simdjson::error_message(error)};
    return json;
}

Node Json::root() const { return {this, items_.size() > 1 ? 1U : none}; }

Node::Kind Node::kind() const { return json_ == nullptr ? Kind::absent : json_->items_[index_].kind; }

Node Node::operator[](std::string_view member) const {
    if (!is(Kind::object)) return {};
    for (auto at = json_->items_[index_].first; at != Json::none; at = json_->items_[at].next)
        if (json_->items_[at].name == member) return {json_, at};
    return {};
}

Node Node::at(std::size_t index) const {
    if (is(Kind::object)) return index == 0 ? *this : Node{};
    if (!is(Kind::array)) return {};
    auto at = json_->items_[index_].first;
    while (at != Json::none && index-- > 0) at = json_->items_[at].next;
    return at == Json::none ? Node{} : Node{json_, at};
}

std::string_view Node::name() const { return json_ == nullptr ? std::string_view{} : json_->items_[index_].name; }

std::string_view Node::text() const {
    switch (kind()) {
        case Kind::string:
        case Kind::number:
        case Kind::boolean:
            return json_->items_[index_].text;
        case Kind::absent:
        case Kind::null:
        case Kind::array:
        case Kind::object:
            return {};
    }
    return {};
}

std::optional<bool> Node::boolean() const {
    if (text() == "true") return true;
    if (text() == "false") return false;
    return std::nullopt;
}

std::optional<double> Node::number() const {
    const auto written = text();
    double value{};
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (written.empty() || error != std::errc{} || end != written.data() + written.size()) return std::nullopt;
    return value;
}

std::string_view Node::raw() const { return is(Kind::object) ? json_->items_[index_].text : std::string_view{}; }

Node::Iterator Node::begin() const {
    if (!is(Kind::object) && !is(Kind::array)) return end();
    return Iterator{Node{json_, json_->items_[index_].first}};
}
Node::Iterator Node::end() const { return Iterator{Node{json_, Json::none}}; }

Node::Iterator& Node::Iterator::operator++() {
    node_.index_ = node_.json_->items_[node_.index_].next;
    return *this;
}

}  // namespace kazashi::fhir
