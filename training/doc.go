// Package training turns labelled pages into a measured model.
package training
