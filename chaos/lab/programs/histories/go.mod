module flotilla.dev/lab/histories

go 1.26.0

tool flotilla.dev/lab/histories

require github.com/anishathalye/porcupine v1.3.1
