// A driver by which pcscd takes the virtual reader for one on USB: everything is vpcd's own, but for the name of the
// device, which says nothing of vpcd's port.
extern "C" {

#include <ifdhandler.h>

// NOLINTBEGIN(readability-identifier-naming): pcscd looks for this name
RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR) {
    constexpr DWORD vpcd_port = 0x8C7B;
    return IFDHCreateChannel(lun, vpcd_port);
}
// NOLINTEND(readability-identifier-naming)

}  // extern "C"
