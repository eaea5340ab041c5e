#include "terminal/app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <sstream>

#include "terminal/app/tuning.h"
#include "terminal/doctor/doctor.h"

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
  kazashi ledger export ledger.cbor && kazashi ledger verify ledger.cbor
  kazashi doctor
  kazashi decommission

SEE ALSO
  kazashi-card(1), kazashi-region(1), pcscd(8))";

constexpr const char* run_more = R"(DEMONSTRATION ONLY
  --demo-clock and --inspect are refused on a terminal of a real region: the one would move the
  end of 60 days, the other tells what the screen tells.)";

constexpr const char* enrol_more =
    R"(The region gives the one-time code (`kazashi-region enrol`). It is spent only when the region has
answered. Staff PINs are read from standard input, one line for each card, 4 to 8 digits, and are
not shown while they are typed. A terminal whose store was lost is enrolled again in the same way.)";

const std::map<std::string, state::Language>& languages() {
    static const std::map<std::string, state::Language> all{{"ja", state::Language::japanese},
                                                            {"en", state::Language::english}};
    return all;
}

// CLI11's own sentence for a word that is none shows the enum.
std::string to_language(std::string& word) {
    const auto found = languages().find(word);
    if (found == languages().end()) return "is neither ja nor en";
    word = std::to_string(static_cast<int>(found->second));
    return {};
}

std::string is_repairable(const std::string& key) {
    if (key.empty() || std::ranges::find(doctor::repairable_keys, key) != doctor::repairable_keys.end()) return {};
    std::string keys;
    for (const auto* one : doctor::repairable_keys) keys += (keys.empty() ? "" : ", ") + std::string{one};
    return "is nothing the doctor repairs; it is one of " + keys;
}

void add_profiles(CLI::App& app, std::filesystem::path& profiles) {
    app.add_option("--profiles", profiles, "Card profiles of older cards, read beside those of the region")
        ->type_name("FILE")
        ->check(CLI::ExistingFile.description(""));
}

void add_run(CLI::App& app, RunOptions& options, std::string& size) {
    app.add_option("--state", options.state, "Folder of this terminal")->type_name("DIR")->capture_default_str();
    app.add_option("--assets", options.assets, "Words, fonts and pictures; found beside the program if not said")
        ->type_name("DIR");
    app.add_option("--reader", options.reader, "Part of the reader's name; any reader if not said")->type_name("NAME");
    app.add_option("--libnfc", options.libnfc, "A reader driven by libnfc, such as pn532_uart:/dev/ttyUSB0")
        ->type_name("CONNECTION");
    add_profiles(app, options.profiles);
    app.add_option("--size", size, "Size of the window in pixels")
        ->type_name("WxH")
        ->capture_default_str()
        ->check([](const std::string& text) { return parse_size(text) ? "" : "is not a size such as 1280x800"; });
    app.add_flag("--fullscreen", options.fullscreen, "Cover the whole screen and hide the pointer");
    app.add_option("--ui-scale", options.ui_scale, "Larger or smaller than what fits the window")
        ->type_name("F")
        ->check(CLI::Range(0.5, 4.0).description(""))
        ->capture_default_str();
    app.add_option("--language", options.language, "Language of the screen at start: ja or en")
        ->type_name("LANG")
        ->transform(CLI::Validator(to_language, "", ""));
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
    app.add_option("--libnfc", options.libnfc, "A reader driven by libnfc, such as pn532_uart:/dev/ttyUSB0")
        ->type_name("CONNECTION");
    app.footer(enrol_more);
}

constexpr const char* verify_more =
    R"(Every entry must follow the one before it and be signed by the terminal. With the terminal's folder
its newest entry is compared, too, so that a file cut at its end is found; with --key it cannot be.
FILE is what `kazashi ledger export` writes: a CBOR sequence of pushes, the format of the line.

EXIT STATUS
  0  chain whole, every signature right
  1  not so: the first entry that is wrong is named, or the file could not be read
  2  the command line was not understood)";

constexpr const char* export_more =
    R"(The bodies stay sealed to the region: the file tells that something happened, and when, not to whom.
It may be made while the terminal runs.)";

constexpr const char* backup_more =
    R"(The copy is as sealed as the terminal's own store: without a staff card and its PIN nothing of a patient
is readable in it. The keys of the terminal are not in it. It may be made while the terminal runs.)";

constexpr const char* restore_more =
    R"(The store that is there is kept beside it. The keys in the folder must be those of the copy.

An old copy is not trusted. If the terminal has written anything since it was made, the region finds two
ledgers with one number, calls it a fork, and takes nothing more from this terminal: it must be enrolled
anew, with a new code (`kazashi-region enrol`, `kazashi enrol`).)";

constexpr const char* decommission_more =
    R"(The last entry of the ledger says that the terminal ends. The whole ledger is brought to the region; when
it has signed for that entry, keys, store and certificate are overwritten and removed. Its receipt is
printed, and kept as decommissioned.txt. Without a line nothing is wiped: run it again when there is one.
Broken off while wiping, run again, it goes on. A terminal that cannot be started any more, or is gone, is
ended at the region (`kazashi-region lost-terminal`).)";

constexpr const char* doctor_more =
    R"(Looks at the reader service, the readers on the USB, the card that lies there, this machine, the line to
the region, the store and the letters, all at once and in five seconds at most. Each thing found is one
sentence, with what to do about it. Nothing of a patient, no name and no card number is in it. It may run
while the terminal runs.

With --repair it does by itself what is safe, and looks again: starts a stopped reader service, removes the
socket of one that broke off, restores the socket's permissions, unloads a kernel module that holds the
reader (pn533, port100), closes key files that others may read, removes what this program left behind on a
full disk. Most of it needs root. With a KEY, as --json prints it, it repairs that one thing only.

  !!  a fault    --  a note    ok  as it should be

--json prints one line for each group as it ends, and a last one:
  {"group":"service","ms":12,"findings":[{"key":"service_stopped","severity":"fault",
   "repair":"possible","figures":{}}]}
  {"done":true,"faults":1,"notes":0,"ms":840}
  severity: ok, note, fault    repair: none, possible, done, failed

EXIT STATUS
  0  nothing is wrong; notes do not count
  1  faults were found, and after --repair some are left
  2  the command line was not understood

EXAMPLES
  kazashi doctor
  kazashi doctor --reader ACR1252 --json | jq -r .findings[]?.key
  sudo kazashi doctor --repair)";

constexpr const char* rekey_more =
    R"(New keys for signing the ledger and for TLS. The region voids the old ones. The facility key, which lies
sealed under the staff's slots, stays. Broken off, run it again: until then the terminal does not start.)";

void add_state(CLI::App& app, std::filesystem::path& state) {
    app.add_option("--state", state, "Folder of this terminal")->type_name("DIR")->capture_default_str();
}

void add_ledger(CLI::App& app, LedgerVerifyOptions& verify, LedgerExportOptions& exported) {
    app.require_subcommand(1);
    auto* verify_verb = app.add_subcommand("verify", "Check chain and signatures of an exported ledger");
    verify_verb->add_option("file", verify.file, "What `kazashi ledger export` wrote")->type_name("FILE")->required();
    auto* state = verify_verb->add_option("--state", verify.state, "Folder of the terminal it is of");
    state->type_name("DIR")->capture_default_str();
    verify_verb->add_option("--key", verify.key, "Instead: the terminal's public key, 64 hexadecimal digits")
        ->type_name("HEX")
        ->excludes(state);
    verify_verb->footer(verify_more);
    auto* export_verb = app.add_subcommand("export", "Write the ledger into a file, for a check or a courier");
    export_verb->add_option("file", exported.file, "File to write; readable by its owner only")
        ->type_name("FILE")
        ->required();
    add_state(*export_verb, exported.state);
    export_verb->footer(export_more);
}

void add_backup(CLI::App& app, BackupOptions& options, const char* about_file, const char* footer) {
    app.add_option("file", options.file, about_file)->type_name("FILE")->required();
    add_state(app, options.state);
    app.footer(footer);
}

void add_decommission(CLI::App& app, DecommissionOptions& options) {
    add_state(app, options.state);
    app.add_flag("--yes", options.yes, "Do not ask for the terminal's id first");
    app.footer(decommission_more);
}

void add_rekey(CLI::App& app, RekeyOptions& options) {
    add_state(app, options.state);
    app.footer(rekey_more);
}

void add_doctor(CLI::App& app, DoctorOptions& options, CLI::Option*& repair) {
    add_state(app, options.state);
    app.add_option("--assets", options.assets, "Words and fonts; found beside the program if not said")
        ->type_name("DIR");
    app.add_option("--reader", options.reader, "Part of the reader's name; any reader if not said")->type_name("PART");
    add_profiles(app, options.profiles);
    app.add_option("--language", options.language, "Language of the sentences: ja or en (en if not said)")
        ->type_name("LANG")
        ->transform(CLI::Validator(to_language, "", ""));
    app.add_flag("--json", options.json, "One line of JSON for each group instead of sentences");
    repair = app.add_option("--repair", options.only, "Repair what is safe without asking; or only KEY")
                 ->type_name("[KEY]")
                 ->expected(0, 1)
                 ->check(CLI::Validator([](std::string& key) { return is_repairable(key); }, "", ""));
    app.footer(doctor_more);
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
    LedgerVerifyOptions verify;
    LedgerExportOptions exported;
    BackupOptions copy;
    RestoreOptions back;
    DecommissionOptions end;
    RekeyOptions rekey;
    DoctorOptions doctor;
    CLI::Option* repair = nullptr;
    for (auto* state : {&run.state, &enrol.state, &verify.state, &exported.state, &copy.state, &back.state, &end.state,
                        &rekey.state, &doctor.state})
        *state = default_state;
    std::string size{"1280x800"};
    auto* run_verb = app.add_subcommand("run", "Show the terminal until its window is closed");
    auto* enrol_verb = app.add_subcommand("enrol", "Make this machine a terminal of a region");
    auto* ledger_verb = app.add_subcommand("ledger", "Check the terminal's ledger, or write it into a file");
    auto* backup_verb = app.add_subcommand("backup", "Copy the store into a new file, sealed as it is");
    auto* restore_verb = app.add_subcommand("restore", "Put such a copy back; the region will not trust it");
    auto* end_verb = app.add_subcommand("decommission", "End this terminal: the region's receipt, then all is wiped");
    auto* rekey_verb = app.add_subcommand("rekey", "Give this terminal new keys");
    auto* doctor_verb = app.add_subcommand("doctor", "Find out what is wrong, and repair what is safe");
    add_doctor(*doctor_verb, doctor, repair);
    add_ledger(*ledger_verb, verify, exported);
    add_backup(*backup_verb, copy, "New file; readable by its owner only", backup_more);
    add_backup(*restore_verb, back, "What `kazashi backup` wrote", restore_more);
    add_decommission(*end_verb, end);
    add_rekey(*rekey_verb, rekey);
    add_run(*run_verb, run, size);
    add_enrol(*enrol_verb, enrol);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 would say that a verb is missing.
        if (app.get_subcommands().empty() && argc > 1 && *argv[1] != '-')
            return EndNow{"kazashi has no such verb; kazashi --help lists them\n", exit_usage};
        return end_with(app, error);
    }
    if (enrol_verb->parsed()) return enrol;
    if (ledger_verb->got_subcommand("verify")) return verify;
    if (ledger_verb->got_subcommand("export")) return exported;
    if (backup_verb->parsed()) return copy;
    if (restore_verb->parsed()) return back;
    if (end_verb->parsed()) return end;
    if (rekey_verb->parsed()) return rekey;
    if (doctor_verb->parsed()) {
        doctor.repair = repair->count() > 0;
        return doctor;
    }
    const auto pixels = parse_size(size);
    run.width = pixels->width;
    run.height = pixels->height;
    return run;
}

}  // namespace kazashi::app
