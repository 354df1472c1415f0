// Package window shows a desk (package render) on the screen: it hands mouse and keys over and draws the desk's list.
// It is the only package that knows Ebitengine, which cannot even be imported where there is no display.
package window
