// A real pcscd with virtual cards (packaging/virtual-reader and kazashi-card simulate), for one test.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kazashi::test {

class VirtualStack {
public:
    // `more` goes to `kazashi-card simulate`. Returns when cards can be laid.
    explicit VirtualStack(const std::string& reader = "acr1252", const std::vector<std::string>& more = {});
    ~VirtualStack();
    VirtualStack(const VirtualStack&) = delete;
    VirtualStack& operator=(const VirtualStack&) = delete;

    nlohmann::json order(const nlohmann::json& order) const;  // checks that it was obeyed
    void lay(const std::string& card) const { order({{"do", "lay"}, {"card", card}}); }
    void take() const { order({{"do", "take"}}); }

    // Another reader of the same service, with cards of its own; ends with this.
    class SecondReader {
    public:
        explicit SecondReader(const VirtualStack& stack, const std::string& reader = "acr1252");
        ~SecondReader();
        SecondReader(const SecondReader&) = delete;
        SecondReader& operator=(const SecondReader&) = delete;
        void lay(const std::string& card) const;
        void take() const;

    private:
        std::filesystem::path control_;
        ::pid_t process_{};
    };

    // The stack's reader as one on USB, that comes and goes while the service runs. Not plugged in to begin with, and
    // the service is another one afterwards, because it asks for its drivers when it starts.
    class UsbPort {
    public:
        explicit UsbPort(const VirtualStack& stack);
        void plug_in() const;
        void pull_out() const;
        void break_driver() const;  // what is plugged in from now on is seen, and does not start
        void mend_driver() const;
        static constexpr const char* reader = "Reader on USB";

    private:
        const VirtualStack& stack_;
    };

    void stop_service() const;    // pcscd is killed and does not come back before
    void start_service() const;   // this
    void unplug_readers() const;  // the next service that starts finds none
    void plug_in_readers() const;

private:
    std::filesystem::path dir_;
    ::pid_t process_{};
};

// The cards of the stack: "patient-1", "patient-2" (test::image with serials F6 and 22), "staff-1", "elsewhere".
inline constexpr std::uint8_t second_serial = 0x22;

}  // namespace kazashi::test
