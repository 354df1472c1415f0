package display

import "syscall"

const absent = "no display: want DISPLAY to name an X server (ssh -X, or xvfb-run); for pictures build with " +
	"-tags headless, see docs/sandbox.md\n" +
	"无显示环境：需设置 DISPLAY（如 ssh -X 或 xvfb-run）；只输出图片可用 -tags headless 编译，见 docs/zh/sandbox.md\n"

func init() {
	if display, _ := syscall.Getenv("DISPLAY"); display == "" {
		syscall.Write(2, []byte(absent))
		syscall.Exit(1)
	}
}
