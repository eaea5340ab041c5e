#include "terminal/app/command_line.h"

#include <CLI/CLI.hpp>
#include <map>
#include <sstream>

#include "terminal/app/tuning.h"

namespace kazashi::app {

namespace {

constexpr const char* default_state = "/var/lib/kazashi";

constexpr const char* about =
    "kazashi — the terminal of a regional medical network. A patient holds a card over the reader; this facility may "
    "then see that patient's summary for 60 days, with or without a line to the region.";

constexpr const char* more = R"(FILES
  STATE/terminal.toml   what this terminal is; written by `kazashi enrol`
  STATE/*.key           its keys, readable by their owner only
  STATE/kazashi.db      summaries, windows and ledger; nothing of a patient is readable in it
                        without a staff card, its PIN and the patient's card

ENVIRONMENT
  PCSCLITE_CSOCK_NAME   socket of the PC/SC service, if it is not the usual one
  SDL_VIDEODRIVER       how SDL reaches the screen (x11, wayland, kmsdrm)

EXIT STATUS
  0  ended as asked
  1  failure: a sentence on standard error says which
  2  the command line was not understood

EXAMPLES
  kazashi enrol --state /var/lib/kazashi --server https://region.example:8443 \
      --ca region-ca.crt --code 7K2M-9QXA --staff 2
  kazashi run --state /var/lib/kazashi --fullscreen

SEE ALSO
  kazashi-card(1), kazashi-region(1), pcscd(8))";

constexpr const char* run_more = R"(DEMONSTRATION ONLY
  --demo-clock and --inspect are refused on a terminal of a real region: the one would move the
  end of 60 days, the other tells what the screen tells.)";

constexpr const char* enrol_more =
    R"(The region gives the one-time code (`kazashi-region enrol`). It is spent only when the region has
answered. Staff PINs are read from standard input, one line for each card, 4 to 8 digits, and are
not shown while they are typed. A terminal whose store was lost is enrolled again in the same way.)";

void add_run(CLI::App& app, RunOptions& options, std::string& size) {
    app.add_option("--state", options.state, "Folder of this terminal")->type_name("DIR")->capture_default_str();
    app.add_option("--assets", options.assets, "Words, fonts and pictures; found beside the program if not said")
        ->type_name("DIR");
    app.add_option("--reader", options.reader, "Part of the reader's name; any reader if not said")->type_name("NAME");
    app.add_option("--size", size, "Size of the window in pixels")
        ->type_name("WxH")
        ->capture_default_str()
        ->check([](const std::string& text) { return parse_size(text) ? "" : "is not a size such as 1280x800"; });
    app.add_flag("--fullscreen", options.fullscreen, "Cover the whole screen and hide the pointer");
    app.add_option("--ui-scale", options.ui_scale, "Larger or smaller than what fits the window")
        ->type_name("F")
        ->check(CLI::Range(0.5, 4.0).description(""))
        ->capture_default_str();
    static const std::map<std::string, state::Language> languages{{"ja", state::Language::japanese},
                                                                  {"en", state::Language::english}};
    app.add_option("--language", options.language, "Language of the screen at start: ja or en")
        ->type_name("LANG")
        ->transform(CLI::CheckedTransformer(languages).description(""));
    app.add_option("--demo-clock", options.demo_clock, "File with \"<wall offset> <boot offset>\" in seconds")
        ->type_name("FILE");
    app.add_option("--inspect", options.inspect, "Tell every frame as a line of JSON on this Unix socket")
        ->type_name("SOCKET");
    app.footer(run_more);
}

void add_enrol(CLI::App& app, EnrolOptions& options) {
    app.add_option("--state", options.state, "Folder to make into a terminal")->type_name("DIR")->capture_default_str();
    app.add_option("--server", options.server_url, "Address of the region, https://…")->type_name("URL")->required();
    app.add_option("--ca", options.region_ca, "Certificate of the region's authority")
        ->type_name("FILE")
        ->check(CLI::ExistingFile.description(""))
        ->required();
    app.add_option("--code", options.code, "One-time code from the region")->type_name("CODE")->required();
    app.add_option("--staff", options.staff, "How many staff cards to enrol now")
        ->type_name("N")
        ->check(CLI::Range(1, tuning::staff_cards_most).description(""))
        ->capture_default_str();
    app.add_option("--reader", options.reader, "Part of the reader's name; any reader if not said")->type_name("NAME");
    app.footer(enrol_more);
}

// CLI11 prints and returns a code of its own; here both are values, and every misuse is a 2.
EndNow end_with(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const bool asked = app.exit(error, out, err) == 0;
    return asked ? EndNow{out.str(), exit_ok} : EndNow{err.str(), exit_usage};
}

}  // namespace

Command parse_command_line(int argc, const char* const* argv) {
    CLI::App app{about, "kazashi"};
    app.set_version_flag("--version", "kazashi " KAZASHI_VERSION, "Print the version and stop");
    app.set_help_flag("-h,--help", "Print this text and stop");
    app.require_subcommand(1);
    app.footer(more);
    RunOptions run;
    EnrolOptions enrol;
    run.state = enrol.state = default_state;
    std::string size{"1280x800"};
    auto* run_verb = app.add_subcommand("run", "Show the terminal until its window is closed");
    auto* enrol_verb = app.add_subcommand("enrol", "Make this machine a terminal of a region");
    add_run(*run_verb, run, size);
    add_enrol(*enrol_verb, enrol);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return end_with(app, error);
    }
    if (enrol_verb->parsed()) return enrol;
    const auto pixels = parse_size(size);
    run.width = pixels->width;
    run.height = pixels->height;
    return run;
}

}  // namespace kazashi::app
