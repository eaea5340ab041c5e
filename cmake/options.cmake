# One interface target carries standard, warnings and sanitizers; nothing is set globally.
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(project_options INTERFACE KAZASHI_VERSION="${PROJECT_VERSION}")
# Asserts stay on in release (style.md, 8).
target_compile_options(project_options INTERFACE -UNDEBUG
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wnull-dereference -Wdouble-promotion
    -Wextra-semi -Wundef)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 sees null dereferences and uninitialised values inside optimised std::variant and std::optional.
    target_compile_options(project_options INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized)
endif()
if(KAZASHI_WERROR)
    target_compile_options(project_options INTERFACE -Werror)
endif()
if(KAZASHI_SANITIZE)
    # What is found ends the test; it is not a line in a log.
    target_compile_options(project_options INTERFACE -fsanitize=${KAZASHI_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    target_link_options(project_options INTERFACE -fsanitize=${KAZASHI_SANITIZE})
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(project_options INTERFACE -fstack-protector-strong -D_FORTIFY_SOURCE=2)
endif()
