package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/pagesieve/pagesieve/classifier"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of the program and of its embedded model",
		Example: "  pagesieve version",
		Args:    noArgs(""),
		RunE: running(func(c *cobra.Command, _ []string) error {
			fmt.Fprintf(c.OutOrStdout(), "pagesieve %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			model, err := classifier.Default()
			if err != nil {
				return fmt.Errorf("open the embedded model: %w", err)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "model %s\n", model.ModelVersion())
			return err
		}),
	}
}

// version is that of the module the program was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
