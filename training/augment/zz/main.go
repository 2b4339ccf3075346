package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pagesieve/pagesieve/classifier/block"
	"github.com/pagesieve/pagesieve/training/augment"
)

func main() {
	s := bufio.NewScanner(os.Stdin)
	s.Buffer(make([]byte, 1<<20), 64<<20)
	straddle, none, pieces, shown := 0, map[string]int{}, map[string]int{}, 0
	for s.Scan() {
		var p struct {
			ID, URL, HTML, Gold string
		}
		json.Unmarshal(s.Bytes(), &p)
		for _, text := range []bool{false, true} {
			in := p.HTML
			if text {
				in = p.Gold
			}
			out, inj := augment.Spam(in, text, augment.Seed(3, p.ID), augment.Options{URL: p.URL})
			var pg *block.Page
			var err error
			if text {
				pg, err = block.Text(context.Background(), []byte(out), block.Options{})
			} else {
				pg, err = block.HTML(context.Background(), []byte(out), block.Options{})
			}
			if err != nil {
				fmt.Println(err)
				continue
			}
			for _, i := range inj {
				pieces[i.Place]++
				n := 0
				for _, b := range pg.Blocks {
					inside := min(b.End, i.End) - max(b.Start, i.Start)
					if inside > 0 {
						n++
					}
					if inside > 0 && inside < b.End-b.Start {
						straddle++
						if shown++; shown < 12 {
							fmt.Printf("STRADDLE %s %v %+v\n   %q\n", p.ID, text, i, b.Text[:min(len(b.Text), 300)])
						}
					}
				}
				if n == 0 {
					none[i.Place]++
					if none[i.Place] < 3 {
						fmt.Printf("NONE %s %v %+v %q\n", p.ID, text, i, out[i.Start:min(i.End, i.Start+200)])
					}
				}
			}
		}
	}
	fmt.Println("straddle", straddle, "none", none, "pieces", pieces)
}
