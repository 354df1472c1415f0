module sandtable

go 1.26

require pgregory.net/rapid v1.3.0

require (
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/ebitengine/gomobile v0.0.0-20240911145611-4856209ac325 // indirect
	github.com/ebitengine/hideconsole v1.0.0 // indirect
	github.com/ebitengine/purego v0.8.0 // indirect
	github.com/hajimehoshi/ebiten/v2 v2.8.8 // indirect
	github.com/jezek/xgb v1.1.1 // indirect
	github.com/klauspost/compress v1.20.3 // indirect
	github.com/yuin/gopher-lua v1.1.2 // indirect
	golang.org/x/image v0.38.0 // indirect
	golang.org/x/sync v0.8.0 // indirect
	golang.org/x/sys v0.36.0 // indirect
)
