package main

import "testing"

func at(call, end int64, op Operation) Operation {
	op.Call, op.End = call, end
	return op
}

func commit(fence int64, intent string, told Told) Operation {
	return Operation{Asked: Asked{Verb: "commit", Intent: intent, Fence: fence}, Told: told}
}

func read(told Told) Operation {
	return Operation{Asked: Asked{Verb: "read"}, Told: told}
}

func taken(holder string, epoch int64) Operation {
	return Operation{Asked: Asked{Verb: "take", Holder: holder, Time: 10}, Told: Told{Word: "granted", Epoch: epoch}}
}

func given(holder string, epoch int64) Operation {
	return Operation{Asked: Asked{Verb: "release", Holder: holder, Epoch: epoch}, Told: Told{Word: "done"}}
}

var (
	begin   = at(0, 1, read(Told{Word: "known"}))
	applied = commit(0, "i1", Told{Word: "applied", Revision: 1})
	unknown = commit(0, "i1", Told{})
	old     = read(Told{Word: "known"})
	fresh   = read(Told{Word: "known", Revision: 1, Last: "i1"})
)

func TestHistories(t *testing.T) {
	for name, one := range map[string]struct {
		history []Operation
		right   bool
	}{
		"nobody knew at first":              {[]Operation{at(0, 1, read(Told{})), begin, at(2, 3, applied)}, true},
		"what is read was committed":        {[]Operation{begin, at(2, 3, applied), at(4, 5, fresh)}, true},
		"a read beside a commit may be old": {[]Operation{begin, at(2, 9, applied), at(3, 4, old)}, true},
		"a read after a commit may not":     {[]Operation{begin, at(2, 3, applied), at(4, 5, old)}, false},
		"what nobody knows may be applied":  {[]Operation{begin, at(2, 3, unknown), at(4, 5, fresh)}, true},
		"or not":                            {[]Operation{begin, at(2, 3, unknown), at(4, 5, old)}, true},
		"or later":                          {[]Operation{begin, at(2, 3, unknown), at(4, 5, old), at(6, 7, fresh)}, true},
		"but it does not go away":           {[]Operation{begin, at(2, 3, unknown), at(4, 5, fresh), at(6, 7, old)}, false},
		"of two on one revision one wins": {[]Operation{begin, at(2, 3, applied), at(2, 3,
			commit(0, "i2", Told{Word: "applied", Revision: 2}))}, false},
		"the other is told": {[]Operation{begin, at(2, 3, applied), at(2, 3,
			commit(0, "i2", Told{Word: "outdated", Revision: 1}))}, true},
		"the same again is answered alike": {[]Operation{begin, at(2, 3, applied), at(4, 5, applied)}, true},
		"a refused one has not happened": {[]Operation{begin, at(2, 3,
			commit(0, "i1", Told{Word: "outdated", Revision: 1})), at(4, 5, fresh)}, false},
		"a lease is prolonged":           {[]Operation{begin, at(2, 3, taken("a", 1)), at(4, 5, taken("a", 1))}, true},
		"it is given on after its time":  {[]Operation{begin, at(2, 3, taken("a", 1)), at(12, 13, taken("b", 2))}, true},
		"not before":                     {[]Operation{begin, at(2, 3, taken("a", 1)), at(4, 5, taken("b", 2))}, false},
		"unless it was given back":       {[]Operation{begin, at(2, 3, taken("a", 1)), at(4, 5, given("a", 1)), at(5, 6, taken("b", 2))}, true},
		"not because it is later":        {[]Operation{begin, at(2, 3, taken("a", 1)), at(4, 5, taken("b", 2)), at(6, 7, given("a", 1))}, false},
		"never under the same epoch":     {[]Operation{begin, at(2, 3, taken("a", 1)), at(12, 13, taken("b", 1))}, false},
		"an older epoch commits nothing": {[]Operation{begin, at(2, 3, taken("a", 1)), at(12, 13, taken("b", 2)), at(14, 15, commit(1, "i1", Told{Word: "applied", Revision: 1}))}, false},
		"it is told so":                  {[]Operation{begin, at(2, 3, taken("a", 1)), at(12, 13, taken("b", 2)), at(14, 15, commit(1, "i1", Told{Word: "overtaken", Epoch: 2}))}, true},
	} {
		t.Run(name, func(t *testing.T) {
			wrong, err := check(one.history)
			if err != nil || (wrong == "") != one.right {
				t.Errorf("wrong: %q, error: %v", wrong, err)
			}
		})
	}
}
