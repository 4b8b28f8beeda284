package extract

// givenNames are frequent given names, French and English, folded, from common knowledge: without those that are a
// word of every day, or a place, and head a label as well ("Grace period", "Georgia office").
var givenNames = wordSet(`aaron abigail adam adele adeline adrian adrien adrienne agathe agnes aicha aida aidan aisha alain alan alasdair alastair albane albert alex alexander
	alexandra alexandre alexis alfred alice aline alison alix allan allison alma amanda amandine amelia amelie amina amine amy anais andre andrea andrew
	angela angele angelique angus anita ann anna annabel anne annick annie anouk anthony antoine antoinette antonin apolline archie ariane arnaud arthur
	ashley astrid aude audrey augustin aurelie aurelien axel axelle aya aymeric aziz baptiste barbara barry bastien beatrice becky ben benedicte benjamin
	benoit berenice bernadette bernard bertrand beth bethany betty beverley billy blandine bob bobby brenda brendan brian bridget brigitte bruce bruno
	bryan callum cameron camille capucine carine carl carla carol carole caroline catherine cathy cecile cedric celeste celine chantal charles charlie
	charlotte cheryl chloe chris christelle christian christiane christina christine christophe christopher claire clara clare clarisse claude claudie
	claudine clemence clement clementine clive colette colin coline connor coralie corentin corinne craig cynthia cyril cyrille damien dan daniel daniele
	danielle darren dave david dawn debbie deborah declan delphine denis denise dennis derek diana diane didier dimitri djamel dominic dominique donald
	donna dorian dorothee dorothy douglas duncan dylan edith edouard edward eileen elaine elea eleanor eleonore eliane eliott elisa elisabeth elise
	elizabeth ella ellen ellie elodie eloise elsa emeline emilie emilien emily emma emmanuel emmanuelle enzo eric erika erin ernest estelle esther ethan
	etienne euan eugenie eva evan evelyn evelyne ewan fabien fabienne fabio fabrice fanny fares farid fatiha fatima fatou fatoumata felicity felix fernand
	fiona flavie flora florent florian frances francine francis franck francois francoise frank fred freddie frederic frederique freya gabriel gabrielle
	gael gaelle gaetan gareth gary gaspard gavin gemma genevieve geoff geoffrey george georges georgina gerald geraldine gerard germain ghislaine gilbert
	gilles gillian ginette gisele glenn gordon graeme graham greg gregoire gregory guillaume gustave guy gwenael gwenaelle habib hadrien hakim hamid
	hamish hannah harold harriet harry hassan hayley heidi helen helene henri henriette henry herve hilary hortense hubert hugh hugo hugues iain ian
	ibrahim ida imogen ines irene isaac isabel isabelle isaure isla ismael ivan jack jackie jacky jacob jacqueline jacques jake jamel james jamie jan jane
	janet janice jasmine jason jay jean jeanne jeannine jeff jeffrey jennifer jenny jeremie jeremy jerome jerry jess jessica jill jim jimmy jo joachim
	joan joanna joanne joe joel joelle johan johanna john johnny jon jonathan joseph josephine josette josh joshua josiane joyce judith judy jules julia
	julian julie julien juliette justine kader karen karim karima karine kate katherine kathleen kathryn kathy katia katie kay keith kelly ken kenneth
	kerry kevin khadija kieran killian kim kirsty kyle lara larry laura laure lauren laurence laurent laurie lawrence lea leah lee leila leo leon leonard
	leonie leopold leslie lewis liam lilian liliane lina linda lindsay lindsey lionel lisa lise liz loic lola lorna louane louis louise luc lucas lucette
	lucie lucien lucienne lucy ludivine ludovic luke lydia lydie lynn madeleine mael maelle maeva maeve magali maggie malcolm malik malika manon manuel
	marc marceau marcel marcelle marcus margaret margaux margot marguerite maria mariam marian marianne marie marilyn marin marina marine marion marius
	marjorie marlene martha martin martine marvin mary maryse mateo mathias mathieu mathilde mathis matt matthew matthieu maud maureen maurice maxence
	maxime megan mehdi melanie melina melissa merwan mhairi mia michael michel michele micheline michelle mick mickael mike millie miranda mireille
	mohamed mohammed moira molly monica monique morag morgan morgane mounir mourad muriel myriam nabil nadege nadia nadine naima nancy naomi nassim
	natacha natalie natasha nathalie nathan neil nelly niall nicholas nick nicola nicolas nicole nigel nina noa noah noe noelle noemie nolwenn nora
	norbert norma norman odette odile oliver olivia olivier omar oscar owen pamela pascal pascale patrice patricia patrick paul paula paulette pauline
	peggy perrine peter phil philip philippe philippine phillip phoebe pierre pierrick polly priya quentin rachel rachid rachida ralph raphael raphaelle
	raymond rebecca reece regine regis remi remy renaud rene renee rhys richard rita robert robin rodolphe roger roland rolande romain romane ron ronald
	rory rosa rosalie rosie ross roxane roy russell ruth ryan sabine sabrina said salima sally salome sam samantha samia samir samira samuel sandra
	sandrine sara sarah scott sean sebastien serge severine sharon sheila shirley sian sidonie simon simone sofia sofiane solange solene sonia sophie
	soraya stacey stella stephane stephanie stephen steve steven stewart stuart sue susan suzanne suzie sybille sylvain sylvaine sylvette sylvia sylviane
	sylvie tanguy tara tatiana ted teddy telma teresa terry theo theodore therese thibault thibaut thierry thomas tilly tim timothee timothy tina titouan
	toby tom tommy tony tracey tracy trevor tristan tyler ugo ulysse ursula valentin valentine valerie vanessa vera veronica veronique victor vincent
	violaine virginie vivian viviane vivienne walid wassim wayne wendy wilfried william winnie winston xavier yacine yael yann yannick yasmina yasmine
	yoann yohan yolande youcef youssef yves yvette yvonne zineb zoe zohra`)
