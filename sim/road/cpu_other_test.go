//go:build !unix

package road

import "time"

var processStart = time.Now()

// cpuTime returns the time since the start, where the processor time is not to be had.
func cpuTime() time.Duration { return time.Since(processStart) }
