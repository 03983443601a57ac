module flotilla.dev/lab/pause

go 1.25.0

tool flotilla.dev/lab/pause
