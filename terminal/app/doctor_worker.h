// The doctor for the screen: this very program called as `kazashi doctor --json`, so that a probe that hangs hangs in a
// process that can be ended.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <mutex>
#include <thread>

#include "terminal/app/descriptor.h"
#include "terminal/app/inbox.h"
#include "terminal/app/options.h"

namespace kazashi::app {

class DoctorWorker {
public:
    // `program`: what is called; the running program itself, but for a test.
    DoctorWorker(std::filesystem::path program, const RunOptions& options, Inbox& inbox);
    ~DoctorWorker();  // ends a running call
    DoctorWorker(const DoctorWorker&) = delete;
    DoctorWorker& operator=(const DoctorWorker&) = delete;

    // Posts DoctorTold for each group and DoctorDone. A call that still runs is ended.
    void call(std::uint64_t number, const std::string& repair);

private:
    Descriptor start(const std::string& repair);
    void end();
    void reap();
    void listen(std::uint64_t number, const Descriptor& lines);
    bool tell(std::uint64_t number, const std::string& line);  // true: the last one

    std::filesystem::path program_;
    std::filesystem::path state_;
    std::filesystem::path assets_;
    std::string reader_;
    std::filesystem::path profiles_;
    Inbox& inbox_;
    std::mutex mutex_;  // of process_: who ends it may come when it ends by itself
    ::pid_t process_{0};
    std::thread thread_;
};

}  // namespace kazashi::app
