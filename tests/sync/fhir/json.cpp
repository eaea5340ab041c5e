#include "sync/fhir/json.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"

using kazashi::base::Fault;
using kazashi::fhir::Json;
using kazashi::fhir::Node;

TEST_CASE("json: a number keeps the digits it was written with") {
    const auto json = Json::parse(R"({"a": 1.50 , "b":[2.0,-0.10e1],"c":12345678901234567890123})");
    REQUIRE(json);
    const auto root = (*json)->root();
    CHECK(root["a"].text() == "1.50");
    CHECK(root["b"].at(0).text() == "2.0");
    CHECK(root["b"].at(1).text() == "-0.10e1");
    CHECK(root["c"].text() == "12345678901234567890123");
    CHECK(root["a"].number() == 1.5);
}

TEST_CASE("json: an object keeps the bytes it was written with") {
    const std::string inner = R"({ "x" : [ 1.00, {"y":"}"} ] , "z":"\u81fc" })";
    const auto json = Json::parse("{\"first\":" + inner + " , \"second\": {} }");
    REQUIRE(json);
    CHECK((*json)->root()["first"].raw() == inner);
    CHECK((*json)->root()["second"].raw() == "{}");
    CHECK((*json)->root()["first"]["z"].text() == "臼");
}

TEST_CASE("json: what is absent can be asked on") {
    const auto json = Json::parse(R"({"list":[{"a":"1"},null],"one":{"a":"2"},"yes":true,"text":"true"})");
    REQUIRE(json);
    const auto root = (*json)->root();
    CHECK(!root["none"]["at"]["all"].present());
    CHECK(root["none"].at(3)["x"].text().empty());
    CHECK(root["list"].at(1).is(Node::Kind::null));
    CHECK(!root["list"].at(2).present());
    CHECK(root["one"].front()["a"].text() == "2");
    CHECK(root["yes"].boolean() == true);
    CHECK(root["text"].boolean() == true);
    int members = 0;
    for (const auto member : root) members += member.name().empty() ? 0 : 1;
    CHECK(members == 4);
    CHECK(!Node{}["x"].present());
}

TEST_CASE("json: it takes exactly the objects that another parser takes") {
    const std::vector<std::string> texts{"{}",
                                         " {\"a\":1}\n",
                                         "{\"a\":[1,2,{\"b\":null}]}",
                                         "{\"a\":1}x",
                                         "{\"a\":1}{}",
                                         "{\"a\":1",
                                         "{\"a\":[1}",
                                         "{\"a\" 1}",
                                         "{\"a\":01}",
                                         "{\"a\":1.}",
                                         "{\"a\":.5}",
                                         "{\"a\":tru}",
                                         "{\"a\":nul}",
                                         "{a:1}",
                                         "{\"a\":1,}",
                                         "{,}",
                                         "",
                                         "\xff",
                                         "{\"a\":\"\n\"}",
                                         "{\"a\":\"\\q\"}",
                                         "{\"a\":\"\xc3\"}",
                                         "{\"a\":--1}",
                                         "{\"a\":1e999x}",
                                         "{\"a\":\"\\ud800\"}",
                                         "{\"a\":{\"b\":{}},\"c\":[]}",
                                         "{\"a\":[[],[[]]]}",
                                         "{\"a\":\"x\" \"b\":1}"};
    for (const auto& text : texts) {
        const bool expected = nlohmann::json::accept(text) && nlohmann::json::parse(text).is_object();
        INFO(text);
        CHECK(static_cast<bool>(Json::parse(text)) == expected);
    }
    CHECK(Json::parse("\xef\xbb\xbf{}"));
    CHECK(!Json::parse("[1]"));
    CHECK(!Json::parse("\"text\""));
}

TEST_CASE("json: nesting has an end") {
    std::string deep = "{\"a\":";
    for (int i = 0; i < 2000; ++i) deep += "[";
    for (int i = 0; i < 2000; ++i) deep += "]";
    const auto refused = Json::parse(deep + "}");
    REQUIRE(!refused);
    CHECK(refused.fault() == Fault::limit);
    CHECK(Json::parse(R"({"a":[[[[[[[[[[{"b":[[[[[[[[[[1]]]]]]]]]]}]]]]]]]]]]})"));
}
