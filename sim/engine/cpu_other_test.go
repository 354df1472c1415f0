//go:build !unix

package engine_test

import "time"

var began = time.Now()

// cpuTime stands in where the system does not tell processor time: the clock.
func cpuTime() time.Duration { return time.Since(began) }
