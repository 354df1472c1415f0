// Package display ends a program that is to open a window where there is no display, with a sentence instead of the
// panic of the window's library. The library looks for the display when it is initialised, before main; packages are
// initialised in the order of their import paths as soon as those that they import are, and this one imports nothing
// but syscall: so its turn comes first.
package display
