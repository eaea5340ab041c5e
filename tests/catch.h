// Catch2 v2 (Debian 12) and v3 (Debian 13) alike: use only TEST_CASE, SECTION, CHECK, REQUIRE.
#pragma once

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>
#endif
