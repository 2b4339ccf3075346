// Package trainer serves TrainingService: labelled pages in, and new versions
// of the model out.
//
//	service.go   Register, and the calls that read and delete pages
//	add.go       TrainingService.AddPages: many pages to one write
//	train.go     TrainingService.Train: one training at a time, and its gate
//	work.go      what a training is given, and what comes of it
//	apart.go     a training in a process of its own; apart_linux.go and the others lower its priority
//	watch.go     what a training's caller is told while it runs
//	evaluate.go  TrainingService.Evaluate
//
// What a hostile caller can and cannot do. It can fill the disk with pages, and
// keep as many cores busy with training as Config.Workers says, where nothing else
// needs them. It cannot make
// a page teach that cannot be split within the limits of package block, cannot
// make the server learn from pages that it only classifies, and cannot have two
// trainings run.
package trainer
