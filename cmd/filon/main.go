// Command filon finds the content that a company has already produced, on its sites and intranets,
// and shows which of it could be published on social networks, which could not, and why.
//
//	arguments ──run──▶ one command ──▶ the rooms: crawler, classify, index
//	                        └──▶ results to stdout, everything else to stderr, one exit code
//
// In: a command line, filon.yaml, the environment. Out: what the commands print and write; exit code
// 0 done, 1 could not finish, 2 asked wrongly, 3 finished but incomplete. Never: a rule, a parser or
// a table of the database; they live in the rooms.
package main

import (
	"context"
	"os"
)

// commands are all that filon can do, in the order in which a newcomer needs them.
var commands = []func(*speaker) command{
	demoCommand,
	initCommand,
	doctorCommand,
	loginCommand,
	crawlCommand,
	nightlyCommand,
	searchCommand,
	showCommand,
	kitCommand,
	exportCommand,
	decideCommand,
	usedCommand,
	sampleCommand,
	explainCommand,
	inspectCommand,
	rejudgeCommand,
	policyCommand,
	purgeCommand,
	reindexCommand,
	runsCommand,
	diffCommand,
	passportCommand,
	scheduleCommand,
	evalCommand,
	learnCommand,
	completionCommand,
}

func main() {
	ctx, stop := interruptible(context.Background())
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args, os.Stdout, os.Stderr))
}
