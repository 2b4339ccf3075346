package block
import ("testing";"time";"fmt";"syscall")
func cpu() time.Duration { var r syscall.Rusage; syscall.Getrusage(0,&r); return time.Duration(r.Utime.Nano()+r.Stime.Nano()) }
func TestZTime(t *testing.T){ for _,s:=range shapes(){ a:=s.page(20000); b:=s.page(160000); t0:=cpu(); split(t.Context(),[]byte(a),Options{MaxBlocks:1<<30}); t1:=cpu(); split(t.Context(),[]byte(b),Options{MaxBlocks:1<<30}); t2:=cpu()
 fmt.Printf("%-32s %8d B %8v %9d B %8v ratio %.1f %.1f MB/s\n",s.name,len(a),t1-t0,len(b),t2-t1,float64(t2-t1)/float64(t1-t0), float64(len(b))/1e6/(t2-t1).Seconds()) } }
