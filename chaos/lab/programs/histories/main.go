// Command histories reads what several clients did to one head and one lease of the store, and says whether a store that
// does one thing after the other could have answered like that. It ends with 0 if it could, 1 if not, 2 if it cannot tell.
//
// A history is a file of JSON lines, one for each operation; see Operation.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"
)

// Limit of the search, which may take very long for many operations at once.
const limit = 2 * time.Minute

// Operation is what one client asked for and was told. Times are nanoseconds of one clock.
type Operation struct {
	Client int   `json:"client"`
	Call   int64 `json:"call"`
	End    int64 `json:"end"`
	Asked  Asked `json:"asked"`
	Told   Told  `json:"told"`
}

// Asked is what is asked.
type Asked struct {
	Verb     string `json:"verb"`     // read, commit, take, release
	Expected int64  `json:"expected"` // revision of the head that a commit was decided on
	Intent   string `json:"intent"`   // of a commit
	Fence    int64  `json:"fence"`    // epoch of a commit; 0 without one
	Holder   string `json:"holder"`   // who takes or releases
	Epoch    int64  `json:"epoch"`    // that is released
	Time     int64  `json:"time"`     // for which a lease is taken
}

// Told is what is answered.
type Told struct {
	Word     string `json:"word"`     // known, applied, outdated, overtaken, granted, held, done; empty if nobody knows
	Revision int64  `json:"revision"` // known, applied, outdated
	Last     string `json:"last"`     // known: the intent that stands in the head
	Epoch    int64  `json:"epoch"`    // overtaken, granted, held
	Holder   string `json:"holder"`   // held
}

// State of one head and one lease.
type state struct {
	revision int64
	last     string
	epoch    int64
	holder   string
}

// After gives the states that a store can be in after it answered so; none if it cannot have.
func (now state) after(op Operation) []state {
	switch op.Asked.Verb {
	case "read":
		return when(op.Told == Told{Word: "known", Revision: now.revision, Last: now.last}, now)
	case "commit":
		return now.afterCommit(op)
	case "take":
		return now.afterTake(op)
	case "release":
		return []state{now} // when a lease ends is no matter of order: see leases
	}
	panic("nobody asks for " + op.Asked.Verb)
}

func (now state) afterCommit(op Operation) []state {
	next, told, number := now, "applied", now.revision+1
	switch {
	case now.last == op.Asked.Intent:
		number = now.revision
	case op.Asked.Fence != 0 && op.Asked.Fence != now.epoch:
		told, number = "overtaken", now.epoch
	case op.Asked.Expected != now.revision:
		told, number = "outdated", now.revision
	default:
		next.revision, next.last = now.revision+1, op.Asked.Intent
	}
	switch op.Told.Word {
	case "":
		return either(now, next)
	case "overtaken":
		return when(told == op.Told.Word && number == op.Told.Epoch, next)
	}
	return when(told == op.Told.Word && number == op.Told.Revision, next)
}

func (now state) afterTake(op Operation) []state {
	taken := now
	taken.epoch, taken.holder = now.epoch+1, op.Asked.Holder
	switch {
	case op.Told.Word == "":
		return either(now, taken)
	case op.Told.Word == "held":
		return when(op.Told.Holder == now.holder && op.Told.Epoch == now.epoch && op.Asked.Holder != now.holder, now)
	case op.Told.Epoch == now.epoch:
		return when(op.Asked.Holder == now.holder, now)
	}
	return when(op.Told.Epoch == taken.epoch, taken)
}

func when(possible bool, next state) []state {
	if possible {
		return []state{next}
	}
	return nil
}

func either(one, other state) []state {
	if one == other {
		return []state{one}
	}
	return []state{one, other}
}

func model(first state) porcupine.Model {
	nondeterministic := porcupine.NondeterministicModel{
		Init: func() []any { return []any{first} },
		Step: func(now, input, output any) []any {
			var next []any
			for _, one := range now.(state).after(input.(Operation)) {
				next = append(next, one)
			}
			return next
		},
		Equal: func(one, other any) bool { return one == other },
	}
	return nondeterministic.ToModel()
}

// Empty says whether an operation tells nothing: a read that nobody answered.
func (op Operation) empty() bool {
	return op.Asked.Verb == "read" && op.Told.Word == ""
}

func (op Operation) granted() bool {
	return op.Asked.Verb == "take" && op.Told.Word == "granted"
}

// Leases says who was told to hold the lease while another one still counted on it; empty if nobody was. A holder counts
// from the moment at which it asked, until its time is over or it gives the lease back.
func leases(history []Operation) string {
	for _, former := range history {
		if !former.granted() {
			continue
		}
		until := min(former.Call+former.Asked.Time, released(history, former))
		for _, next := range history {
			if next.granted() && next.Told.Epoch > former.Told.Epoch && next.End < until {
				return fmt.Sprintf("%s holds epoch %d while %s counts on epoch %d", next.Asked.Holder, next.Told.Epoch,
					former.Asked.Holder, former.Told.Epoch)
			}
		}
	}
	return ""
}

// Released says when a holder began to give the lease back.
func released(history []Operation, lease Operation) int64 {
	for _, op := range history {
		if op.Asked.Verb == "release" && op.Asked.Holder == lease.Asked.Holder && op.Asked.Epoch == lease.Told.Epoch {
			return op.Call
		}
	}
	return math.MaxInt64
}

// Check says what is wrong with a history; empty if nothing is.
func check(history []Operation) (string, error) {
	if wrong := leases(history); wrong != "" {
		return wrong, nil
	}
	history = slices.DeleteFunc(slices.Clone(history), Operation.empty)
	if len(history) == 0 || history[0].Told.Word != "known" {
		return "", fmt.Errorf("a history begins with a read that knows")
	}
	first := state{revision: history[0].Told.Revision, last: history[0].Told.Last}
	var operations []porcupine.Operation
	for _, op := range history {
		end := op.End
		if op.Told.Word == "" {
			end = math.MaxInt64 // it may happen at any time from now on
		}
		operations = append(operations, porcupine.Operation{ClientId: op.Client, Input: op, Call: op.Call, Return: end})
	}
	switch porcupine.CheckOperationsTimeout(model(first), operations, limit) {
	case porcupine.Ok:
		return "", nil
	case porcupine.Illegal:
		return "no order of its operations explains the answers", nil
	}
	return "", fmt.Errorf("not told within %s", limit)
}

func parse(from io.Reader) ([]Operation, error) {
	var history []Operation
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		var op Operation
		if err := json.Unmarshal(lines.Bytes(), &op); err != nil {
			return nil, err
		}
		history = append(history, op)
	}
	return history, lines.Err()
}

func main() {
	history, err := parse(os.Stdin)
	if err == nil {
		var wrong string
		if wrong, err = check(history); wrong != "" {
			fmt.Println(wrong)
			os.Exit(1)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "histories:", err)
		os.Exit(2)
	}
}
